import { readFileSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { parse } from "yaml";
import {
  type ServersFile,
  serversFileSchema,
  type WantedGroup,
  type WantedServer,
} from "@/domains/servers/apply-contract";
import type { Server } from "@/domains/servers/contract";
import { createClient } from "@/trpc/node-client";
import { runScript } from "@/trpc/run-script";
import { scriptAccess } from "@/trpc/sign-in-script";

const usage = `usage: npm run script -- scripts/apply.ts SERVERS.YAML plan|apply [--prune]
plan prints what apply would change; apply makes it so. Servers and groups are known by their names, what the file leaves out
stays as it is (docs/servers.schema.json says what it may hold). --prune deletes your own servers that are not in the file.`;

type Client = ReturnType<typeof createClient>;

/** One thing that is not as the file says: how it is shown, and what makes it so. */
interface Change {
  lines: string[];
  make(): Promise<void>;
}

const settings = [
  "description",
  "memoryMb",
  "port",
  "launchKind",
  "cpuLimit",
  "javaMajor",
  "jvmArgs",
  "jvmPreset",
  "subdomain",
  "autoStart",
  "crashPolicy",
  "tags",
] as const;

runScript(usage, async () => {
  const client = createClient(await scriptAccess(process.env));
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { prune: { type: "boolean", default: false } },
  });
  const [path, command] = positionals;
  if (!path || (command !== "plan" && command !== "apply")) throw new Error(usage);
  const file = readWanted(path);
  const changes = await planAll(client, file, values.prune);
  for (const { lines } of changes) console.log(lines.join("\n"));
  if (changes.length === 0) return console.log("Everything is as the file says.");
  if (command === "plan") return console.log(`${changes.length} to change; "apply" makes it so.`);
  // Groups come after the servers that they reach.
  for (const { make } of changes) await make();
  const groups = await planGroups(client, file);
  for (const { lines, make } of groups) {
    if (!changes.some((known) => known.lines[0] === lines[0])) console.log(lines.join("\n"));
    await make();
  }
  console.log("Done.");
});

function readWanted(path: string): ServersFile {
  const read = serversFileSchema.safeParse(parse(readFileSync(path, "utf8"), { maxAliasCount: 100 }));
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${path}: ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(faults.join("\n"));
}

async function planAll(client: Client, file: ServersFile, isPruned: boolean): Promise<Change[]> {
  const present = await client.servers.list.query();
  const changes: Change[] = [];
  for (const wanted of file.servers) {
    const [server, other] = present.filter(({ name }) => name === wanted.name);
    if (other) throw new Error(`There are several servers with the name ${wanted.name}.`);
    const change = server ? await planServer(client, wanted, server) : planCreation(client, wanted);
    if (change) changes.push(change);
  }
  const me = await client.auth.me.query();
  const known = new Set(file.servers.map(({ name }) => name));
  const left = present.filter(({ name, ownerId }) => isPruned && ownerId === me.id && !known.has(name));
  changes.push(...left.map((server) => planDeletion(client, server)));
  // Groups that reach servers which are not there yet are planned once those are.
  const isComplete = file.servers.every(({ name }) => present.some((server) => server.name === name));
  if (isComplete)
    return [...changes, ...(await planGroups(client, file)).map((change) => ({ ...change, make: async () => {} }))];
  if (file.groups) changes.push({ lines: ["groups: looked at once these servers are there"], make: async () => {} });
  return changes;
}

function planCreation(client: Client, wanted: WantedServer): Change {
  const { state, acceptEula, crashPolicy, ...input } = wanted;
  const lines = [`+ server ${wanted.name}: ${wanted.type} ${wanted.version}, ${wanted.memoryMb} MB`];
  if (state === "running") lines.push("    is started");
  return {
    lines,
    async make() {
      const made = await client.servers.create.mutate({ ...input, acceptEula: acceptEula ?? false, wait: true });
      if (!("id" in made)) throw new Error("the server was not returned");
      if (crashPolicy) await client.servers.update.mutate({ serverId: made.id, crashPolicy });
      if (state === "running") await client.servers.start.mutate({ serverId: made.id, wait: true });
    },
  };
}

function planDeletion(client: Client, { id: serverId, name, state }: Server): Change {
  return {
    lines: [`- server ${name}`],
    async make() {
      if (state === "running") await client.servers.stop.mutate({ serverId, wait: true });
      await client.servers.delete.mutate({ serverId, confirm: name, wait: true });
    },
  };
}

async function planServer(client: Client, wanted: WantedServer, server: Server): Promise<Change | null> {
  const { id: serverId } = server;
  const lines: string[] = [];
  const fields = settings.filter(
    (name) => wanted[name] !== undefined && !isDeepStrictEqual(wanted[name], server[name]),
  );
  for (const name of fields) lines.push(`    ${name}: ${show(server[name])} → ${show(wanted[name])}`);
  const isConsent = wanted.acceptEula === true && !server.eulaAccepted;
  if (isConsent) lines.push("    consent to the EULA");
  const { properties } = await client.servers.properties.query({ serverId });
  const edited = Object.entries(wanted.properties ?? {}).filter(([key, value]) => properties[key] !== value);
  for (const [key, value] of edited) lines.push(`    ${key}: ${show(properties[key])} → ${show(value)}`);
  const isOtherBuild = wanted.build !== undefined && wanted.build !== server.build;
  const isOther = wanted.type !== server.type || wanted.version !== server.version || isOtherBuild;
  if (isOther) lines.push(`    version: ${nameOf(server)} → ${nameOf(wanted)}`);
  const isRunning = server.state !== "stopped";
  const isToRun = wanted.state === undefined ? isRunning : wanted.state === "running";
  if (isToRun !== isRunning) lines.push(`    state: ${server.state} → ${isToRun ? "running" : "stopped"}`);
  if (lines.length === 0) return null;
  const isEdited = fields.length > 0 || isConsent || edited.length > 0;
  if (isEdited && isRunning && isToRun) lines.push("    is restarted for it");
  const changed = Object.fromEntries(fields.map((name) => [name, wanted[name]]));
  const { type, version, build } = wanted;
  return {
    lines: [`~ server ${server.name}`, ...lines],
    async make() {
      // Settings first: a version may need another Java or more memory.
      if (isRunning && (isEdited || !isToRun)) await client.servers.stop.mutate({ serverId, wait: true });
      if (fields.length > 0 || isConsent)
        await client.servers.update.mutate({ serverId, ...changed, ...(isConsent ? { acceptEula: true } : {}) });
      if (edited.length > 0)
        await client.servers.updateProperties.mutate({ serverId, properties: Object.fromEntries(edited) });
      if (isOther) await client.servers.changeVersion.mutate({ serverId, type, version, build, wait: true });
      const isUp = (await client.servers.get.query({ serverId })).state === "running";
      if (isToRun && !isUp) await client.servers.start.mutate({ serverId, wait: true });
    },
  };
}

async function planGroups(client: Client, file: ServersFile): Promise<Change[]> {
  if (!file.groups) return [];
  const [present, servers] = [await client.groups.list.query(), await client.servers.list.query()];
  const changes: Change[] = [];
  for (const wanted of file.groups) {
    const found = present.find(({ name, type }) => name === wanted.name && type === wanted.type);
    const change = await planGroup(client, wanted, { groupId: found?.id ?? null, servers });
    if (change) changes.push(change);
  }
  return changes;
}

async function planGroup(
  client: Client,
  wanted: WantedGroup,
  { groupId, servers }: { groupId: string | null; servers: readonly Server[] },
): Promise<Change | null> {
  const { name, type, description, servers: serverNames = [] } = wanted;
  const group = groupId === null ? null : await client.groups.get.query({ groupId });
  const lower = (names: readonly string[]) => new Map(names.map((player) => [player.toLowerCase(), player]));
  const [now, then] = [lower((group?.players ?? []).map((player) => player.name)), lower(wanted.players)];
  const added = [...then].filter(([key]) => !now.has(key)).map(([, player]) => player);
  const removed = [...now].filter(([key]) => !then.has(key)).map(([, player]) => player);
  const reached = new Map((group?.servers ?? []).map(({ serverId, serverName }) => [serverId, serverName]));
  const ids = serverNames.map((serverName) => {
    const server = servers.find((known) => known.name === serverName);
    if (!server) throw new Error(`The group ${name} names a server that is not there: ${serverName}.`);
    return server.id;
  });
  const attached = ids.filter((id) => !reached.has(id));
  const detached = wanted.servers === undefined ? [] : [...reached.keys()].filter((id) => !ids.includes(id));
  const isRenamed = group !== null && description !== undefined && description !== group.description;
  const lines = [
    ...added.map((player) => `    + ${player}`),
    ...removed.map((player) => `    - ${player}`),
    ...attached.map((id) => `    reaches ${servers.find((server) => server.id === id)?.name}`),
    ...detached.map((id) => `    reaches ${reached.get(id)} no more`),
    ...(isRenamed ? ["    description"] : []),
  ];
  if (group !== null && lines.length === 0) return null;
  return {
    lines: [`${group ? "~" : "+"} group ${name} (${type})`, ...lines],
    async make() {
      const players = wanted.players.map((player) => ({ name: player }));
      const id = groupId ?? (await client.groups.create.mutate({ name, type, description, players })).id;
      if (groupId !== null && (added.length > 0 || removed.length > 0 || isRenamed))
        await client.groups.update.mutate({
          groupId,
          description,
          addPlayers: added.map((player) => ({ name: player })),
          removePlayers: removed,
        });
      for (const serverId of attached) await client.groups.attach.mutate({ groupId: id, serverId });
      for (const serverId of detached) await client.groups.detach.mutate({ groupId: id, serverId });
    },
  };
}

function nameOf({ type, version, build }: { type: string; version: string; build?: string | null }): string {
  return [type, version, build && `(${build})`].filter(Boolean).join(" ");
}

function show(value: unknown): string {
  return value === undefined ? "(not set)" : typeof value === "string" ? value : JSON.stringify(value);
}
