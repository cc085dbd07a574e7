import { expect, it } from "vitest";
import { countSteps, crashDuring, crashKinds } from "@/test/snapshots/crash-cases";

const moments = 100;
/** Longer than any of them takes. */
const longestMs = 250;

it.each(crashKinds)("survives kill -9 right before each step of a %s", async (kind) => {
  const steps = await countSteps(kind);
  for (let killAt = 1; killAt <= steps; killAt++)
    expect(await crashDuring(kind, { killAt }), `step ${killAt} of ${steps}`).toBe(true);
});

it.each(crashKinds)("survives kill -9 at random moments of a %s", async (kind) => {
  let killed = 0;
  for (let count = 0; count < moments; count++) {
    const killAfterMs = Math.random() * longestMs;
    if (await crashDuring(kind, { killAfterMs })) killed++;
  }
  expect(killed).toBeGreaterThan(0);
});
