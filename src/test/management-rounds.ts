import { readFile, rm, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect } from "vitest";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { runnableJava } from "./program-java";
import { addServer, folderOf } from "./program-servers";
import { until } from "./program-until";

/** A program with a server whose game has a management service, and one whose game is too old for it. Both run. */
export interface Managed {
  program: Program;
  admin: Client;
  serverId: string;
  oldId: string;
}

/** Starts them before the tests of the file, and gives what its tests ask of them. */
export function testManagement() {
  let managed: Managed | null = null;
  /** Every secret that was ever seen: nothing may show one. */
  const secrets = new Set<string>();

  beforeAll(async () => {
    const program = await startProgram();
    const admin = await program.admin();
    managed = { program, admin, serverId: "", oldId: "" };
    const { major: javaMajor } = await runnableJava();
    program.upstreams.addVersion({ id: "1.21.11", javaMajor });
    await admin.versions.refresh.mutate({ type: "vanilla" });
    const properties = { "online-mode": "false" };
    const begin = async (options: { name: string; version?: string }) => {
      // Calls of one client that wait would wait for each other.
      const client = await program.admin();
      const { id } = await addServer(program, client, { ...options, properties });
      await client.servers.start.mutate({ serverId: id, wait: true });
      return id;
    };
    const [serverId, oldId] = await Promise.all([begin({ name: "New", version: "1.21.11" }), begin({ name: "Old" })]);
    managed = { program, admin, serverId, oldId };
  }, 120_000);
  afterAll(() => managed?.program.end());

  const all = (): Managed => {
    if (!managed) throw new Error("nothing has been started");
    return managed;
  };
  const folder = (id: string, name: string) => folderOf(all().program, id, name);
  const control = async (id: string) => (await all().admin.servers.get.query({ serverId: id })).control;
  /** What the file says of the service. */
  const managementOf = async (id: string): Promise<Record<string, string>> => {
    const text = await readFile(folder(id, "server.properties"), "utf8");
    const lines = text.matchAll(/^management-server-(.+?)=(.*)$/gm);
    const found = Object.fromEntries([...lines].map(([, key = "", value = ""]) => [key, value]));
    if (found.secret) secrets.add(found.secret);
    return found;
  };
  return {
    all,
    secrets,
    folder,
    control,
    managementOf,
    untilManaged: () => until(async () => (await control(all().serverId)) === "management", "the service is used"),
    say: async (id: string, command: string) =>
      (await all().admin.console.command.mutate({ serverId: id, command })).reply ?? "",
    logOf: async (id: string) =>
      (await all().admin.console.logs.query({ serverId: id, lines: 200 })).lines.map(({ text }) => text).join("\n"),
    namesIn: (id: string, file: string): Promise<string[]> =>
      readFile(folder(id, file), "utf8").then(
        // Written in place: between two moments it is no list.
        (text) => (text.trim().endsWith("]") ? JSON.parse(text).map(({ name }: { name: string }) => name) : []),
        () => [],
      ),
    fault: (word: string) => writeFile(folder(all().serverId, "management.fault"), word),
    noFault: () => rm(folder(all().serverId, "management.fault")),
    /** Looks for every secret in whatever a person can see. */
    async expectHidden() {
      const { admin, serverId, program } = all();
      await managementOf(serverId);
      const [snapshot] = (await admin.snapshots.list.query({ serverId })).items;
      const said = JSON.stringify([
        await admin.servers.list.query(),
        await admin.servers.timeline.query({ serverId, limit: 100 }),
        await admin.servers.properties.query({ serverId }),
        await admin.files.read.query({ serverId, path: "server.properties" }),
        await admin.system.audit.query({ limit: 100 }),
        snapshot && (await admin.snapshots.diffFile.query({ snapshotId: snapshot.id, path: "server.properties" })),
        program.logs(),
      ]);
      expect(secrets.size).toBeGreaterThan(0);
      for (const secret of secrets) expect(said).not.toContain(secret);
    },
  };
}
