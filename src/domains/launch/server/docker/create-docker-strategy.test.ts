import { describeWithEngine } from "@/test/docker/engine";
import { describeLaunchStrategy } from "../launch-contract";
import { createDockerHarness } from "./docker-harness";

await describeWithEngine("on a real engine", () => {
  describeLaunchStrategy("dood", () => createDockerHarness());
});
