import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { addEveryKind, measureKinds, signInWays } from "./sign-in-timing";

/** Two hundred tries of each. */
const plan = { rounds: 200, maxMs: 300_000, withinMs: 5 };
let program: Program;
let people: Record<string, string>;

beforeAll(async () => {
  program = await startProgram();
  people = await addEveryKind(program);
});
afterAll(() => program?.end());

const title = "a wrong password says the same in the same time of every account and of none, by $what";
it.each(signInWays)(title, { timeout: 1_800_000 }, async (way) => {
  const { answers, waited, worked } = await measureKinds(program, people, { ...plan, ...way });
  expect([...answers]).toEqual([expect.stringMatching(/^401\n/)]);
  // Where other work keeps four of one kind apart by more than is looked for, waiting tells nothing.
  if (waited.noiseMs < plan.withinMs) expect(waited.spreadMs).toBeLessThanOrEqual(waited.allowedMs);
  expect(worked.spreadMs).toBeLessThanOrEqual(worked.allowedMs);
});
