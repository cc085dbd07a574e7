import type { Snapshot } from "@/domains/snapshots/contract";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "../program";
import { addServer, folderOf } from "../program-servers";
import { describeTree } from "./describe-tree";

/** A world of region files that are written all the time while saving is on: a torn copy shows. */
export const busyWorld = { "world.regions": 24, "world.region.blocks": 16, "world.write.ms": 1 };

export interface Played {
  program: Program;
  admin: Client;
  serverId: string;
}

/** A program with one server, which runs, or has run once so that it has a world. */
export async function startPlayed(options: { isRunning: boolean; env?: Record<string, string> }): Promise<Played> {
  const program = await startProgram({ env: options.env });
  try {
    const admin = await program.admin();
    const serverId = await addPlayed(program, admin, options);
    return { program, admin, serverId };
  } catch (error) {
    await program.end();
    throw error;
  }
}

export async function addPlayed(
  program: Program,
  admin: Client,
  { isRunning, behaviour = {} }: { isRunning: boolean; behaviour?: Record<string, string | number | boolean> },
): Promise<string> {
  const { id: serverId } = await addServer(program, admin, { behaviour: { ...busyWorld, ...behaviour } });
  await admin.servers.start.mutate({ serverId, wait: true });
  if (!isRunning) await admin.servers.stop.mutate({ serverId, wait: true });
  return serverId;
}

export async function take(
  admin: Client,
  serverId: string,
  more: Partial<{ path: string; note: string }> = {},
): Promise<Snapshot> {
  return admin.snapshots.create.mutate({ serverId, resource: "server_full", wait: true, ...more });
}

/** The server's folder as lines, without what no snapshot holds. */
export function describeServer(
  { program, serverId }: Pick<Played, "program" | "serverId">,
  ...path: string[]
): string[] {
  const isLeftOut = /^(?:logs|crash-reports|cache)(?:\/| )|session\.lock |\.tmp /;
  return describeTree(folderOf(program, serverId, ...path)).filter((line) => !isLeftOut.test(line));
}
