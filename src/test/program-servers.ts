import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CreateServerInput, Server, ServerState, TimelineEntry } from "@/domains/servers/contract";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { findInside } from "./program-remains";
import { until } from "./program-until";

export type ServerOptions = Partial<CreateServerInput> & {
  /** Lines for stand-in.properties, such as `{ "startup.ms": 500 }`. */
  behaviour?: Record<string, string | number | boolean>;
};

/** Arguments with which a JVM starts fastest. */
export const quickJvm = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];
let count = 0;

/** A stopped server of the client's, with the stand-in as its jar. */
export async function addServer(program: Program, client: Client, options: ServerOptions = {}): Promise<Server> {
  const { behaviour, ...input } = options;
  const created = await client.servers.create.mutate({
    name: `Server ${++count}`,
    type: "vanilla",
    version: program.version,
    memoryMb: 128,
    jvmArgs: quickJvm,
    acceptEula: true,
    ...input,
    wait: true,
  });
  if (!("id" in created)) throw new Error("create did not wait");
  if (behaviour) await setBehaviour(program, created.id, behaviour);
  return created;
}

export async function setBehaviour(
  program: Program,
  serverId: string,
  behaviour: Record<string, string | number | boolean>,
): Promise<void> {
  const lines = Object.entries(behaviour).map(([key, value]) => `${key}=${value}\n`);
  await writeFile(folderOf(program, serverId, "stand-in.properties"), lines.join(""));
}

export function folderOf(program: Program, serverId: string, ...names: string[]): string {
  return join(program.dataDir, "servers", serverId, ...names);
}

/** Waits until the server is in the state and gives it. */
export function untilState(client: Client, serverId: string, state: ServerState, ms = 20_000): Promise<Server> {
  return until(
    async () => {
      const server = await client.servers.get.query({ serverId });
      return server.state === state ? server : null;
    },
    `the server is ${state}`,
    ms,
  );
}

/** Ids of the JVMs that run in the server's folder, by what the kernel says and not mcsd. */
export async function findJvms(program: Program, serverId: string): Promise<number[]> {
  const pids = await findInside(folderOf(program, serverId));
  const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/comm`, "utf8").catch(() => "")));
  return pids.filter((_, index) => names[index]?.trim() === "java");
}

/** Waits until the newest end is in the timeline and gives the whole of it, newest first. */
export function untilEndIsTold(client: Client, serverId: string): Promise<TimelineEntry[]> {
  return until(async () => {
    const { items } = await client.servers.timeline.query({ serverId, limit: 100 });
    const last = items.find(({ kind }) => kind === "state");
    return last?.to === "stopped" ? items : null;
  }, "the timeline tells the end");
}
