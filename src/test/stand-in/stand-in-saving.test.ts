import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { readEpochs } from "./read-epochs";
import { type StandIn, startStandIn } from "./start-stand-in";

const busy = { "world.regions": 24, "world.region.blocks": 8, "world.write.ms": 1 };
const open: StandIn[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.dispose();
});

async function start(behaviour: Record<string, string | number | boolean>): Promise<StandIn> {
  const server = await startStandIn({ behaviour });
  open.push(server);
  await server.line("RCON running");
  return server;
}

async function copyEpochs(server: StandIn): Promise<bigint[]> {
  const copy = await mkdtemp(path.join(tmpdir(), "stand-in-copy-"));
  try {
    await cp(path.join(server.folder, "world"), copy, { recursive: true });
    return await readEpochs(copy);
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** The world's numbers now and a little later. */
async function watch(server: StandIn): Promise<[bigint[], bigint[]]> {
  const first = await copyEpochs(server);
  await delay(100);
  return [first, await copyEpochs(server)];
}

it("a copy of a world that is being saved is torn", async () => {
  const server = await start(busy);
  const copies = [await copyEpochs(server), await copyEpochs(server), await copyEpochs(server)];
  expect(copies.some((epochs) => epochs.length > 1)).toBe(true);
});

it("save-off stops the writing where it is, and a flush makes all files agree", async () => {
  const server = await start(busy);
  server.type("save-off");
  await server.line("Automatic saving is now disabled");
  const [before, later] = await watch(server);
  expect(later).toEqual(before);
  server.type("save-all flush");
  await server.line("Saved the game");
  const [quiet, still] = await watch(server);
  expect(quiet).toHaveLength(1);
  expect(still).toEqual(quiet);
  server.type("save-on");
  await server.line("Automatic saving is now enabled");
  const [first, second] = await watch(server);
  expect(second).not.toEqual(first);
});

it("saves once more when it stops, whether saving was on or off", async () => {
  const server = await start(busy);
  server.type("save-off");
  server.type("save-all flush");
  await server.line("Saved the game");
  const quiet = await copyEpochs(server);
  server.type("stop");
  await server.exited;
  const after = await copyEpochs(server);
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(quiet);
});

it("goes on writing when it is told to ignore save-off", async () => {
  const server = await start({ ...busy, "save.off.ignored": true });
  server.type("save-off");
  await server.line("Automatic saving is now disabled");
  const [first, second] = await watch(server);
  expect(second).not.toEqual(first);
});
