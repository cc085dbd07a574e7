import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { type Attempt, addEveryKind, compareKinds, issueTokenRoute, signInRoute } from "./sign-in-timing";

/** Two hundred tries of each. */
const plan = { rounds: 200, maxMs: 300_000, withinMs: 5 };
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
    timeout: 1_800_000,
  },
  async (what, way) => {
    const { answers, waited, worked } = await compareKinds(people, await way(), { ...plan, pid: program.pid });
    for (const [name, { medians, spreadMs, noiseMs, allowedMs }] of Object.entries({ waited, worked })) {
      const figures = Object.entries(medians).map(([who, ms]) => `${who} ${ms.toFixed(1)}`);
      const sum = `spread ${spreadMs.toFixed(1)}, of one kind ${noiseMs.toFixed(1)}, allowed ${allowedMs.toFixed(1)}`;
      console.log(`${what}, ${name}, medians in ms: ${figures.join(", ")}; ${sum}`);
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401\n/)]);
    // Where other work keeps four of one kind apart by more than is looked for, waiting tells nothing.
    if (waited.noiseMs < 5) expect(waited.spreadMs).toBeLessThanOrEqual(waited.allowedMs);
    expect(worked.spreadMs).toBeLessThanOrEqual(worked.allowedMs);
  },
);
