import { expect, it } from "vitest";
import { runFileCrashes } from "./files/run-file-crashes";

it("kill -9 in the middle of changes of files loses nothing and leaves nothing half done", {
  timeout: 120_000,
}, async () => {
  const { kills, faults } = await runFileCrashes(3);
  expect([kills, faults]).toEqual([3, []]);
});
