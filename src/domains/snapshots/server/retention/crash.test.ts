import { expect, it } from "vitest";
import { crashRetention } from "@/test/snapshots/crash-retention";

// A hundred of them are in src/test/snapshots-retention.long.test.ts.
it("survives kill -9 at random moments of retention", { timeout: 60_000 }, async () => {
  expect(await crashRetention(6, 40)).toHaveLength(6);
});
