import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { createManagementClient } from "@/domains/console/server/management/management-client";
import { createRconClient } from "@/domains/console/server/rcon-client";
import type { GroupType } from "@/domains/groups/contract";
import { listsInFiles } from "@/domains/groups/server/lists/list-files";
import { listsByManagement } from "@/domains/groups/server/lists/lists-by-management";
import { listsByRcon } from "@/domains/groups/server/lists/lists-by-rcon";
import type { PlayerLists } from "@/domains/groups/server/lists/player-lists";
import type { ListedPlayer } from "@/domains/groups/server/plan-list";
import { offlineUuid } from "@/domains/players/server/offline-uuid";
import { openServerFolder } from "@/domains/servers/server/server-folder";
import { systemClock as clock } from "@/server/clock";
import { until } from "./program-until";
import { startStandIn } from "./stand-in/start-stand-in";

const names = ["Steve", "Alex", "Notch", "jeb_", "Dinnerbone", "Herobrine", ".Bedrock", "A"];

interface Edit {
  verb: "put" | "remove";
  players: ListedPlayer[];
}

/** The same numbers for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** `isRich`: with levels and ends, which the game's commands do not have. */
function makeEdits(type: GroupType, count: number, { seed, isRich }: { seed: number; isRich: boolean }): Edit[] {
  const next = numbers(seed);
  const pick = <Value>(values: readonly Value[]) => values[next(values.length)] as Value;
  const nameOf = () => {
    const name = pick(names);
    return pick([name, name, name.toUpperCase(), name.toLowerCase()]);
  };
  const make = (): ListedPlayer => ({
    name: nameOf(),
    uuid: null,
    level: type === "op" && isRich ? pick([null, 1, 2, 3, 4]) : null,
    reason: type === "ban" ? pick([null, "Griefing", 'He said "no" §c\\ twice', "日本語"]) : null,
    expiresAt: type === "ban" && isRich && next(2) ? new Date(Date.UTC(2030, next(12), 1 + next(28), next(24))) : null,
  });
  return Array.from({ length: count }, () => {
    const players = Array.from({ length: 1 + next(3) }, make);
    const once = players.filter(({ name }, at) => players.findIndex((other) => isSameName(other.name, name)) === at);
    return { verb: pick(["put", "put", "remove"]), players: once };
  });
}

const isSameName = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Carries edits of all three lists out by every way there is, on one running game and in a folder, and expects the same at each step. */
export async function compareLists(count: number, seed: number): Promise<void> {
  const server = await startStandIn({ properties: { "online-mode": false } });
  const folder = await mkdtemp(join(tmpdir(), "lists-"));
  const { rconPort, rconPassword: password, managementPort: port, managementSecret: secret } = server;
  const rcon = createRconClient({ host: "127.0.0.1", port: rconPort, password });
  const management = createManagementClient({ host: "127.0.0.1", port, secret });
  try {
    await server.line("RCON running");
    await until(async () => management.isConnected, "the management service is reached");
    const uuidsOf = async (players: readonly ListedPlayer[]) =>
      new Map(players.map(({ name }) => [name.toLowerCase(), offlineUuid(name)]));
    const files = listsInFiles({ folder: openServerFolder(folder, null), clock, uuidsOf });
    const byRcon = listsByRcon(rcon, openServerFolder(server.folder, null), clock);
    const byManagement = listsByManagement(management);
    for (const type of ["op", "whitelist", "ban"] as const) {
      const plain = makeEdits(type, count, { seed, isRich: false });
      const wanted = await carryOut(files, type, plain);
      expect(await carryOut(byRcon, type, plain), `${type} by RCON, seed ${seed}`).toEqual(wanted);
      expect(await carryOut(byManagement, type, plain), `${type} by management, seed ${seed}`).toEqual(wanted);
      const rich = makeEdits(type, count, { seed: seed + 1, isRich: true });
      const richly = await carryOut(files, type, rich);
      expect(await carryOut(byManagement, type, rich), `${type} in full, seed ${seed}`).toEqual(richly);
    }
  } finally {
    rcon.close();
    management.close();
    await server.dispose();
    await rm(folder, { recursive: true });
  }
}

/** What each edit answered and left, from an empty list to an empty list. */
async function carryOut(lists: PlayerLists, type: GroupType, edits: readonly Edit[]) {
  const steps = [];
  for (const edit of edits) {
    const outcomes = await lists[edit.verb](type, edit.players);
    const left = (await lists.read(type)).sort((a, b) => (a.name < b.name ? -1 : 1));
    steps.push({ edit, outcomes, left });
  }
  await lists.remove(type, await lists.read(type));
  expect(await lists.read(type)).toEqual([]);
  return steps;
}
