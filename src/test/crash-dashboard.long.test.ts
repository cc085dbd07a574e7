import { afterAll, beforeAll, expect, it } from "vitest";
import { runCrashRounds } from "./crash-rounds";
import { type Program, startProgram } from "./program";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ embedded: true });
});
afterAll(() => program?.end());

it("kill -9 of the dashboard, fifty times at random moments", { timeout: 1_800_000 }, async () => {
  const { faults, restMs, answered, cutOff } = await runCrashRounds(program, 50);
  console.log(`at rest after at most ${Math.max(...restMs)} ms`, { answered, cutOff });
  expect(faults).toEqual([]);
});
