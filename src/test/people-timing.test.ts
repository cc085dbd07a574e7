import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { addEveryKind, measureKinds, signInWays } from "./sign-in-timing";

/**
 * Ten people: eighty tries. Leaving the password unchecked would show at once. The long test tries each of them two hundred
 * times and, on a quiet machine, looks at waiting too.
 */
const plan = { rounds: 8, maxMs: 15_000, withinMs: 10 };
let program: Program;
let people: Record<string, string>;

beforeAll(async () => {
  program = await startProgram();
  people = await addEveryKind(program);
});
afterAll(() => program?.end());

const title = "a wrong password says the same in the same time of every account and of none, by $what";
it.each(signInWays)(title, { timeout: 120_000 }, async (way) => {
  const { answers, worked } = await measureKinds(program, people, { ...plan, ...way });
  expect([...answers]).toEqual([expect.stringMatching(/^401\n/)]);
  expect(worked.spreadMs).toBeLessThanOrEqual(worked.allowedMs);
});
