import { afterAll, beforeAll } from "vitest";
import { describeLaunchStrategy } from "../launch-contract";
import { createOwnEngineHarness, type OwnEngineHarness, whereAnEngineMayRun } from "./own-engine-harness";

await whereAnEngineMayRun("on an engine of its own", () => {
  let harness: OwnEngineHarness;
  beforeAll(async () => {
    harness = await createOwnEngineHarness();
  });
  afterAll(() => harness.close());

  describeLaunchStrategy("dind", () => harness.strategies());
});
