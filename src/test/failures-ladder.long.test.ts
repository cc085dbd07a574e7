import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { addServer, findJvms } from "./program-servers";

const slowly = { timeout: 180_000 };
let program: Program;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

it.concurrent.each([
  ["stops when it is asked", {}, "asked", 0],
  ["ignores the asking", { "ignore.stop": true }, "sigterm", 75],
  ["ignores SIGTERM too", { "ignore.stop": true, "ignore.term": true }, "sigkill", 85],
])("a server that %s: the reply says which rung it took", slowly, async (_what, behaviour, rung, seconds) => {
  const admin = await program.admin();
  const { id } = await addServer(program, admin, { behaviour });
  await admin.servers.start.mutate({ serverId: id, wait: true });
  const begun = performance.now();
  const stopped = await admin.servers.stop.mutate({ serverId: id, wait: true });
  const took = (performance.now() - begun) / 1000;
  expect(stopped).toMatchObject({ state: "stopped", lastEnd: { isCrash: false, params: { rung } } });
  expect(took).toBeGreaterThanOrEqual(seconds - 1);
  expect(took).toBeLessThan(seconds + 10);
  expect(await findJvms(program, id)).toEqual([]);
});
