import { expect, it } from "vitest";
import { runExtractCrashes } from "./files/run-extract-crashes";

it("thirty kills in the middle of extractions leave the whole old or the whole new folder each time", {
  timeout: 900_000,
}, async () => {
  const { kills, merges, faults } = await runExtractCrashes(30);
  expect([kills, faults]).toEqual([30, []]);
  // Some were killed while half of the files were new.
  expect(merges).toBeGreaterThan(0);
});
