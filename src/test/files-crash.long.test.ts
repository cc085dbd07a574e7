import { expect, it } from "vitest";
import { runFileCrashes } from "./files/run-file-crashes";

it("a hundred kills -9 in the middle of changes of files", { timeout: 1_200_000 }, async () => {
  const { kills, faults, acknowledged } = await runFileCrashes(100);
  console.log({ kills, acknowledged });
  expect([kills, faults]).toEqual([100, []]);
});
