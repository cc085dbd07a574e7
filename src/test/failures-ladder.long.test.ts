import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { addServer, findJvms } from "./program-servers";
import { until } from "./program-until";

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

it.concurrent("starts again with longer and longer pauses, and gives up after three", slowly, async () => {
  const admin = await program.admin();
  const { id } = await addServer(program, admin, { behaviour: { "crash.at.start": "crash again" } });
  await admin.servers.start.mutate({ serverId: id });
  const seen = await until(
    async () => {
      const { items } = await admin.servers.timeline.query({ serverId: id, limit: 100 });
      return items.some(({ kind }) => kind === "gave-up") ? items.toReversed() : null;
    },
    "it gives up",
    90_000,
  );
  const retries = seen.filter(({ kind }) => kind === "retry");
  const pauses = retries.map(({ at, detail }) =>
    Math.round((new Date(String(detail.at)).getTime() - at.getTime()) / 1000),
  );
  expect(pauses).toEqual([5, 10, 20]);
  expect(seen.filter(({ kind }) => kind === "launched")).toHaveLength(4);
  expect(seen.find(({ kind }) => kind === "gave-up")?.detail).toEqual({ attempts: 3 });
  const server = await admin.servers.get.query({ serverId: id });
  expect(server).toMatchObject({ state: "stopped", desiredState: "stopped", retryAt: null });
  expect(server.lastEnd).toMatchObject({ cause: "crash_report", isCrash: true });
  const [listed] = (await admin.servers.list.query()).filter((found) => found.id === id);
  expect(listed?.desiredState).toBe("stopped");
});
