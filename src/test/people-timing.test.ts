import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { type Attempt, addEveryKind, compareKinds, issueTokenRoute, signInRoute } from "./sign-in-timing";

/**
 * Ten people: two hundred tries. Leaving the password unchecked would show at once. The long test tries each of them two hundred
 * times and looks closer.
 */
const plan = { rounds: 20, maxMs: 15_000, withinMs: 10 };
let program: Program;
let people: Record<string, string>;

beforeAll(async () => {
  program = await startProgram();
  people = await addEveryKind(program);
});
afterAll(() => program?.end());

it.each<[string, () => Promise<Attempt> | Attempt]>([
  ["the sign-in page's route", () => signInRoute(program)],
  ["auth.issueToken", () => issueTokenRoute(program)],
])(
  "a wrong password says the same in the same time of every account and of none, by %s",
  {
    timeout: 120_000,
  },
  async (what, way) => {
    const { answers, waited, worked } = await compareKinds(people, await way(), { ...plan, pid: program.pid });
    for (const [name, { medians, spreadMs, noiseMs, allowedMs }] of Object.entries({ waited, worked })) {
      const figures = Object.entries(medians).map(([who, ms]) => `${who} ${ms.toFixed(1)}`);
      const sum = `spread ${spreadMs.toFixed(1)}, of one kind ${noiseMs.toFixed(1)}, allowed ${allowedMs.toFixed(1)}`;
      console.log(`${what}, ${name}, medians in ms: ${figures.join(", ")}; ${sum}`);
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401\n/)]);
    // Waiting is what other work on the machine makes of it: the long test, on a quiet one, looks at that too.
    expect(worked.spreadMs).toBeLessThanOrEqual(worked.allowedMs);
  },
);
