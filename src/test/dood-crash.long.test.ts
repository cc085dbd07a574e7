import { afterAll, beforeAll, expect, it } from "vitest";
import { runCrashRounds } from "./crash-rounds";
import { type DockerProgram, findLiveRuns, startDockerProgram } from "./docker/docker-program";
import { describeWithEngine } from "./docker/engine";

const rounds = 100;

await describeWithEngine("containers and a dashboard that ends at any moment", (docker) => {
  let program: DockerProgram;

  beforeAll(async () => {
    program = await startDockerProgram({ docker });
  }, 120_000);
  afterAll(() => program?.end(), 60_000);

  it(`kill -9 of the dashboard, ${rounds} times at random moments`, { timeout: 3_600_000 }, async () => {
    const findLive = (serverId: string) => findLiveRuns(program, serverId);
    const { faults, restMs, answered, cutOff } = await runCrashRounds(program, rounds, {
      launchKind: "dood",
      longestMs: 8000,
      findLive,
    });
    console.log(`at rest after at most ${Math.max(...restMs)} ms`, { answered, cutOff });
    expect(faults).toEqual([]);
  });
});
