import { afterAll, beforeAll, expect, it } from "vitest";
import { runCrashRounds } from "./crash-rounds";
import { type Program, startProgram } from "./program";

let program: Program;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

it("kill -9 of the dashboard, three times at random moments", { timeout: 240_000 }, async () => {
  const { faults, restMs, answered, cutOff } = await runCrashRounds(program, 3);
  console.log(`at rest after ${restMs.join(", ")} ms`, { answered, cutOff });
  expect(faults).toEqual([]);
});
