import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { serverPorts, servers } from "@/domains/servers/server/table";
import { restores } from "@/domains/snapshots/server/table";
import type { Program } from "./program";

async function namesIn(...path: string[]): Promise<string[]> {
  return (await readdir(join(...path)).catch(() => [])).sort();
}

/**
 * What does not belong together, in words: folders without a row, rows without a folder, ports of nobody, half downloads
 * and half uploads. Empty when all is whole.
 */
export async function findRemainders({ dataDir, db }: Program): Promise<string[]> {
  const { id, name, port, rconPort, managementPort } = servers;
  const rows = await db.select({ id, name, port, rconPort, managementPort }).from(servers);
  const known = new Set(rows.map(({ id }) => id));
  const ports = await db.select().from(serverPorts);
  const folders = (await namesIn(dataDir, "servers")).filter((name) => name !== ".restores");
  const asides = await db.select().from(restores);
  const keptAside = new Set(asides.filter(({ isAside }) => isAside).map(({ id }) => id));
  const besides = await namesIn(dataDir, "servers", ".restores");
  const runFolders = await namesIn(dataDir, "run");
  const jars = await namesIn(dataDir, "cache", "jars");
  const uploads = await namesIn(dataDir, "temp", "uploads");
  const inside = await Promise.all(folders.map(async (name) => namesIn(dataDir, "servers", name)));
  const portsOf = (row: (typeof rows)[number]) =>
    [row.port, row.rconPort, row.managementPort]
      .filter((one) => one !== null)
      .sort()
      .join();
  const given = (holder: string) =>
    ports
      .filter((entry) => entry.holder === holder)
      .map((entry) => entry.port)
      .sort()
      .join();
  return [
    ...folders.filter((name) => !known.has(name)).map((name) => `folder without a row: servers/${name}`),
    ...rows.filter(({ id }) => !folders.includes(id)).map(({ id, name }) => `row without a folder: ${name} ${id}`),
    ...ports.filter(({ holder }) => !known.has(holder)).map(({ port, holder }) => `port ${port} of nobody: ${holder}`),
    ...rows
      .filter((row) => portsOf(row) !== given(row.id))
      .map((row) => `not its ports: ${row.name} has ${portsOf(row)} and was given ${given(row.id)}`),
    ...runFolders.filter((name) => !known.has(name)).map((name) => `run folder without a row: ${name}`),
    ...besides.filter((name) => !keptAside.has(name)).map((name) => `half a restore: ${name}`),
    ...jars.filter((name) => name.endsWith(".part")).map((name) => `half a download: ${name}`),
    ...uploads.map((name) => `half an upload: ${name}`),
    ...inside
      .flat()
      .filter((name) => name.endsWith(".tmp"))
      .map((name) => `half a file: ${name}`),
  ];
}
