import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { addServer, folderOf, type ServerOptions } from "./program-servers";
import { describeServer } from "./snapshots/program-snapshots";

/** What the stand-in writes into its world: the version that worlds are from, and that they may go to. */
export const newVersion = "1.21.11";

/** Makes the version known that servers are changed to. */
export async function offerNewVersion(program: Program, admin: Client, id = newVersion): Promise<void> {
  const [known] = await admin.versions.list.query({ type: "vanilla", version: program.version });
  program.upstreams.addVersion({ id, javaMajor: known?.javaMajor });
  await admin.versions.refresh.mutate({ type: "vanilla" });
}

/** How the new version behaves, and no other. */
export async function setNewBehaviour(
  program: Program,
  serverId: string,
  behaviour: Record<string, string | number | boolean>,
): Promise<void> {
  const lines = Object.entries(behaviour).map(([key, value]) => `${key}=${value}\n`);
  await writeFile(folderOf(program, serverId, `stand-in-vanilla-${newVersion}.properties`), lines.join(""));
}

export interface Changeable {
  id: string;
  /** Its files before anything was changed, while it stood still. */
  tree: string[];
}

/** A server of the old version that has run, with a world of its own. */
export async function addChangeable(
  program: Program,
  admin: Client,
  {
    isRunning = false,
    newBehaviour = {},
    ...options
  }: ServerOptions & { isRunning?: boolean; newBehaviour?: Record<string, string | number | boolean> } = {},
): Promise<Changeable> {
  const { id } = await addServer(program, admin, options);
  await mkdir(folderOf(program, id, "world", "region"), { recursive: true });
  for (const name of ["r.0.0.mca", "r.1.0.mca"])
    await writeFile(folderOf(program, id, "world", "region", name), randomBytes(50_000));
  await setNewBehaviour(program, id, newBehaviour);
  await admin.servers.start.mutate({ serverId: id, wait: true });
  if (!isRunning) await admin.servers.stop.mutate({ serverId: id, wait: true });
  return { id, tree: describeServer({ program, serverId: id }) };
}

/** Of a tree, what a running game does not write anew by itself: the world's regions, the jar, the behaviour. */
export function steadyPart(tree: readonly string[]): string[] {
  return tree.filter((line) => /^(?:server\.jar|stand-in|world\/region)/.test(line));
}
