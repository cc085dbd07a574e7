import { expect, it } from "vitest";
import { countSteps, crashDuring, crashKinds } from "@/test/snapshots/crash-cases";

// All steps, and a hundred random moments of each, are in crash.long.test.ts.
it.each(crashKinds)("survives kill -9 in the middle and at the end of a %s", { timeout: 180_000 }, async (kind) => {
  const steps = await countSteps(kind);
  expect(steps).toBeGreaterThan(2);
  for (const killAt of [Math.ceil(steps / 2), steps])
    expect(await crashDuring(kind, { killAt }), `step ${killAt} of ${steps}`).toBe(true);
});
