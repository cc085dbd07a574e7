import { expect, it } from "vitest";
import { openTestEngine } from "@/test/snapshots/open-test-engine";
import { runSideBySide } from "@/test/snapshots/run-side-by-side";

it("keeps every snapshot whole through 500 operations beside each other", async () => {
  const on = await openTestEngine();
  try {
    expect(await runSideBySide(on, 500)).toBeGreaterThan(100);
  } finally {
    await on.close();
  }
});
