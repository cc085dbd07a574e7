import { expect, it } from "vitest";
import { runExtractCrashes } from "./files/run-extract-crashes";

it("kill -9 in the middle of extractions leaves the whole old or the whole new folder", {
  timeout: 120_000,
}, async () => {
  const { kills, faults } = await runExtractCrashes(2);
  expect([kills, faults]).toEqual([2, []]);
});
