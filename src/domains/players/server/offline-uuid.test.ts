import { expect, it } from "vitest";
import { offlineUuid } from "./offline-uuid";

it("computes what servers in offline mode give", () => {
  expect(offlineUuid("Notch")).toBe("b50ad385-829d-3141-a216-7e7d7539ba7f");
  expect(offlineUuid("Tester")).toBe("f3d28cb0-7225-3cb1-baeb-2dadd2be89ae");
});
