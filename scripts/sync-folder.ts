import { createReadStream, watch } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { parseArgs } from "node:util";
import { type Client, createClient } from "@/trpc/node-client";
import { runScript } from "@/trpc/run-script";
import { type ScriptAccess, scriptAccess } from "@/trpc/sign-in-script";

const usage = `usage: npm run script -- scripts/sync-folder.ts SERVER FOLDER [--to PATH]
       [--delete] [--dry-run] [--watch] [--exclude NAME …]
Makes a folder of a server (--to, the server's own folder if left out) hold what a local folder holds. Only files that are newer
or of another size are sent. --delete moves what the local folder does not have to the server's trash.`;

interface Sync {
  access: ScriptAccess;
  client: Client;
  serverId: string;
  from: string;
  to: string;
  mayDelete: boolean;
  isDry: boolean;
  excluded: ReadonlySet<string>;
}

interface Found {
  size: number;
  time: number;
}

const listed = 10_000;
const settleMs = 300;

runScript(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      to: { type: "string", default: "" },
      delete: { type: "boolean", default: false },
      "dry-run": { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      exclude: { type: "string", multiple: true, default: [] },
    },
  });
  const [server, from] = positionals;
  if (!server || !from) throw new Error(usage);
  const access = await scriptAccess(process.env);
  const client = createClient(access);
  const found = (await client.servers.list.query()).find(({ id, name, slug }) => [id, name, slug].includes(server));
  if (!found) throw new Error(`there is no server ${server}`);
  const sync: Sync = {
    ...{ access, client, from, serverId: found.id },
    to: values.to.replace(/^\/+|\/+$/g, ""),
    mayDelete: values.delete,
    isDry: values["dry-run"],
    excluded: new Set([".git", "node_modules", ...values.exclude]),
  };
  await runOnce(sync);
  if (values.watch) await watchFolder(sync);
});

async function runOnce(sync: Sync): Promise<void> {
  const [local, remote] = await Promise.all([listLocal(sync), listRemote(sync)]);
  // A disk that is not mounted looks like a folder that somebody has emptied.
  if (sync.mayDelete && local.size === 0) throw new Error(`${sync.from} holds no files: nothing is deleted`);
  const changed = [...local].filter(([path, file]) => {
    const there = remote.get(path);
    return !there || there.size !== file.size || there.time < file.time;
  });
  const gone = sync.mayDelete ? [...remote.keys()].filter((path) => !local.has(path)) : [];
  for (const [path] of changed) {
    if (!sync.isDry) await send(sync, path);
    process.stdout.write(`sent ${path}\n`);
  }
  for (const path of gone) {
    if (!sync.isDry) await sync.client.files.delete.mutate({ serverId: sync.serverId, path: remotePath(sync, path) });
    process.stdout.write(`deleted ${path}\n`);
  }
  const same = local.size - changed.length;
  process.stdout.write(
    `${changed.length} sent, ${gone.length} deleted, ${same} as they were${sync.isDry ? " (dry run)" : ""}\n`,
  );
}

/** Waits and tries again when there were too many calls in this minute. */
async function send(sync: Sync, path: string): Promise<void> {
  for (;;) {
    const waitSeconds = await sendOnce(sync, path);
    if (waitSeconds === null) return;
    process.stdout.write(`waiting ${waitSeconds} s: too many calls in this minute\n`);
    await new Promise((resolve) => setTimeout(resolve, waitSeconds * 1000));
  }
}

/** Null when it is there, else the seconds to wait. */
async function sendOnce({ access, serverId, from, ...sync }: Sync, path: string): Promise<number | null> {
  const query = encodeURIComponent(remotePath(sync, path));
  const response = await fetch(new URL(`/api/servers/${serverId}/files?path=${query}`, access.url), {
    method: "PUT",
    headers: { authorization: `Bearer ${access.token}` },
    body: Readable.toWeb(createReadStream(join(from, path))) as ReadableStream,
    duplex: "half",
  } as RequestInit);
  if (response.ok || response.status === 429) {
    await response.body?.cancel();
    return response.ok ? null : Number(response.headers.get("retry-after") ?? 10);
  }
  const answer = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new Error(`${path}: ${answer?.error?.message ?? `HTTP ${response.status}`}`);
}

/** Files of the local folder, by their paths in it. Links are not followed. */
async function listLocal({ from, excluded }: Sync): Promise<Map<string, Found>> {
  const files = new Map<string, Found>();
  const visit = async (folder: string) => {
    for (const entry of await readdir(join(from, folder), { withFileTypes: true })) {
      if (excluded.has(entry.name)) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await visit(path);
      if (!entry.isFile()) continue;
      const { size, mtimeMs } = await stat(join(from, path));
      files.set(path, { size, time: mtimeMs });
    }
  };
  await visit("");
  return files;
}

/** Files of the server's folder, by their paths below it; none where it is not there yet. */
async function listRemote(sync: Sync): Promise<Map<string, Found>> {
  const files = new Map<string, Found>();
  const visit = async (folder: string) => {
    let after: string | undefined;
    for (;;) {
      const asked = { serverId: sync.serverId, path: remotePath(sync, folder), after, limit: listed };
      const entries = await sync.client.files.list.query(asked);
      for (const { name, kind, size, modifiedAt } of entries) {
        if (sync.excluded.has(name)) continue;
        const path = folder === "" ? name : `${folder}/${name}`;
        if (kind === "folder") await visit(path);
        if (kind === "file") files.set(path, { size, time: modifiedAt.getTime() });
      }
      if (entries.length < listed) return;
      after = entries.at(-1)?.name;
    }
  };
  await visit("").catch((error: { data?: { error?: { code?: string } } }) => {
    if (error.data?.error?.code !== "PATH_NOT_FOUND") throw error;
  });
  return files;
}

/** Again after every change, once it has settled; ends by Ctrl+C. What fails is told, and tried with the next change. */
async function watchFolder(sync: Sync): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  process.stdout.write("watching\n");
  watch(sync.from, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running
        .then(() => runOnce(sync))
        .catch((error: unknown) => void process.stderr.write(`${error instanceof Error ? error.message : error}\n`));
    }, settleMs);
  });
  await new Promise(() => {});
}

function remotePath({ to }: Pick<Sync, "to">, path: string): string {
  return [to, path].filter((part) => part !== "").join("/");
}
