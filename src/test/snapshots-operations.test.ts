// One file, longer than 250 lines because its tests share one program and one server.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { servers } from "@/domains/servers/server/table";
import type { Snapshot } from "@/domains/snapshots/contract";
import { type Client, createClient } from "@/trpc/node-client";
import { bundleProgram } from "./bundle-program";
import type { Program } from "./program";
import { addPerson, type Person } from "./program-people";
import { findRemainders } from "./program-remainders";
import { folderOf } from "./program-servers";
import { until } from "./program-until";
import { describeServer, startPlayed, take } from "./snapshots/program-snapshots";

const run = promisify(execFile);
const slowly = { timeout: 90_000 };
let program: Program;
let admin: Client;
let serverId: string;
let token: string;

beforeAll(async () => {
  ({ program, admin, serverId } = await startPlayed({ isRunning: false }));
  token = (await addPerson(program.db, { role: "admin" })).token;
}, 120_000);
afterAll(() => program?.end());

const headers = () => ({ authorization: `Bearer ${token}` });
const file = (...names: string[]) => folderOf(program, serverId, ...names);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: { data?: { error?: { code?: string } } }) => error.data?.error?.code ?? String(error),
  );

it.each(["tar.zst", "tar.gz", "zip"])(
  "comes as .%s and goes in again, without the RCON password",
  slowly,
  async (format) => {
    const snapshot = await take(admin, serverId);
    const response = await fetch(`${program.url}/api/snapshots/${snapshot.id}/download?format=${format}`, {
      headers: headers(),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain(`.${format}"`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const folder = await mkdtemp(join(tmpdir(), "download-"));
    try {
      const archive = join(folder, `a.${format}`);
      await writeFile(archive, bytes);
      if (format === "tar.gz") {
        await run("tar", ["-xzf", archive, "-C", folder]);
        const properties = await readFile(join(folder, "server.properties"), "utf8");
        expect(properties).toMatch(/^rcon\.password=$/m);
        expect((await readFile(file("server.properties"), "utf8")).replace(/^rcon.password=.*$/m, "")).toBe(
          properties.replace(/^rcon.password=.*$/m, ""),
        );
        expect(await readFile(join(folder, "world/region/r.0.1.mca"))).toEqual(
          await readFile(file("world/region/r.0.1.mca")),
        );
      }
      const put = await fetch(`${program.url}/api/servers/${serverId}/snapshots/import?format=${format}&note=back`, {
        method: "PUT",
        body: bytes,
        headers: headers(),
      });
      const imported = (await put.json()) as Snapshot;
      expect(imported).toMatchObject({
        type: "imported",
        status: "complete",
        note: "back",
        fileCount: snapshot.fileCount,
      });
      const compared = await admin.snapshots.compare.query({ snapshotId: snapshot.id, withSnapshotId: imported.id });
      expect(compared.items.map(({ path }) => path)).toEqual(["server.properties"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

it("is looked into, and compared with what is there now", slowly, async () => {
  await writeFile(file("notes.txt"), "one\ntwo\nthree\n");
  const snapshot = await take(admin, serverId);
  await writeFile(file("notes.txt"), "one\n2\nthree\nfour\n");
  await writeFile(file("later.txt"), "x");
  await rm(file("world", "region", "r.5.1.mca"));
  const { id: snapshotId } = snapshot;
  const { items, counts } = await admin.snapshots.compare.query({ snapshotId });
  expect(items.map(({ path, change }) => `${change} ${path}`)).toEqual([
    "added later.txt",
    "changed notes.txt",
    "removed world/region/r.5.1.mca",
  ]);
  expect(counts).toEqual({ added: 1, removed: 1, changed: 1 });
  const diff = await admin.snapshots.diffFile.query({ snapshotId, path: "notes.txt" });
  expect(diff.lines.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    "same one",
    "removed two",
    "added 2",
    "same three",
    "added four",
  ]);
  const top = await admin.snapshots.browse.query({ snapshotId });
  expect(top.items.map(({ name }) => name)).toEqual(expect.arrayContaining(["world", "server.jar", "notes.txt"]));
  expect(top.items.find(({ name }) => name === "world")?.size).toBeGreaterThan(1_000_000);
  const first = await admin.snapshots.browse.query({ snapshotId, path: "world/region", limit: 10 });
  const second = await admin.snapshots.browse.query({
    snapshotId,
    path: "world/region",
    limit: 100,
    cursor: first.nextCursor ?? "",
  });
  expect(new Set([...first.items, ...second.items].map(({ name }) => name)).size).toBe(25);
  const [map] = await admin.snapshots.regions.query({ snapshotId });
  expect(map?.dimension).toBe("world");
  expect(map?.regions.find(({ x, z }) => x === 5 && z === 1)?.size).toBe(65_536);

  await admin.snapshots.restoreFiles.mutate({ snapshotId, paths: ["world/region/r.5.1.mca", "notes.txt"], wait: true });
  expect((await admin.snapshots.compare.query({ snapshotId })).items.map(({ path }) => path)).toEqual(["later.txt"]);
  await admin.snapshots.undoRestore.mutate({ serverId, wait: true });
  expect((await admin.snapshots.compare.query({ snapshotId })).items).toEqual(items);
});

it(
  "is refused when it is damaged, before anything is touched, and every one that is hit is flagged",
  slowly,
  async () => {
    const name = "world/region/r.7.1.mca";
    await writeFile(file(name), Buffer.alloc(300_000, "seven"));
    const [first, second] = [await take(admin, serverId), await take(admin, serverId)];
    const before = describeServer({ program, serverId });
    await corrupt(await objectOf(name));
    const verdict = await admin.snapshots.verify.mutate({ snapshotId: first.id, wait: true });
    expect(verdict).toMatchObject({ isGood: false, damagedCount: 1, alsoHit: [second.id] });
    const { items } = await admin.snapshots.list.query({ serverId });
    expect(
      items
        .filter(({ verification }) => verification === "damaged")
        .map(({ id }) => id)
        .sort(),
    ).toEqual([first.id, second.id].sort());
    for (const { id } of [first, second])
      expect((await admin.snapshots.get.query({ snapshotId: id })).metadata.damage).toMatchObject({
        count: 1,
        files: [{ path: name }],
      });
    expect(await codeOf(admin.snapshots.restore.mutate({ snapshotId: second.id, wait: true }))).toBe(
      "SNAPSHOT_DAMAGED",
    );
    expect(describeServer({ program, serverId })).toEqual(before);
    expect(await findRemainders(program)).toEqual([]);
  },
);

it("one of two at once wins, and version numbers have no gaps", slowly, async () => {
  const known = (await admin.snapshots.list.query({ serverId, limit: 100 })).items;
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => codeOf(take(admin, serverId))));
  expect(outcomes.filter((outcome) => outcome !== "ok").every((outcome) => outcome === "SERVER_BUSY")).toBe(true);
  expect(outcomes).toContain("ok");
  await writeFile(file("large.bin"), randomBytes(80_000_000));
  const good = await take(admin, serverId);
  const restoring = admin.snapshots.restore.mutate({ snapshotId: good.id, wait: true });
  await until(async () => (await admin.jobs.list.query({ active: true })).items.length > 0, "the restore has begun");
  const beside = await Promise.all([
    codeOf(admin.snapshots.restore.mutate({ snapshotId: good.id, wait: true })),
    codeOf(admin.snapshots.delete.mutate({ snapshotId: good.id })),
    codeOf(admin.servers.start.mutate({ serverId })),
    codeOf(
      admin.servers.delete.mutate({
        serverId,
        confirm: (await admin.servers.get.query({ serverId })).name,
        wait: true,
      }),
    ),
  ]);
  await restoring;
  expect(beside).toEqual(["SERVER_BUSY", "SNAPSHOT_IN_USE", "SERVER_BUSY", "SERVER_BUSY"]);
  await rm(file("large.bin"));
  const { items } = await admin.snapshots.list.query({ serverId, limit: 100 });
  expect(items.length).toBeGreaterThan(known.length);
  expect(items.map(({ version }) => version)).toEqual(items.map((_, index) => items.length - index));
});

it("is rehearsed, and nothing of the rehearsal is left", slowly, async () => {
  const snapshot = await take(admin, serverId);
  const verdict = await admin.snapshots.verify.mutate({ snapshotId: snapshot.id, drill: true, wait: true });
  expect(verdict).toMatchObject({ isGood: true, files: snapshot.fileCount });
  expect(await readdir(join(program.dataDir, "temp", "extractions"))).toEqual([]);
  expect((await admin.snapshots.get.query({ snapshotId: snapshot.id })).verification).toBe("good");
});

it("is taken and restored by scripts", slowly, async () => {
  const folder = await mkdtemp(join(tmpdir(), "scripts-"));
  const env = { MCSD_URL: program.url, MCSD_TOKEN: token } as unknown as NodeJS.ProcessEnv;
  const script = async (name: string, ...args: string[]) => {
    const bundle = await bundleProgram(`import "../scripts/${name}";`, join(folder, `${name}.mjs`));
    return run(process.execPath, [bundle, ...args], { cwd: folder, env });
  };
  const { name } = await admin.servers.get.query({ serverId });
  await writeFile(file("notes.txt"), "by script");
  const { stdout } = await script("backup-all", "--note", "all of them");
  expect(stdout).toContain(`${name}: version`);
  expect((await admin.snapshots.list.query({ serverId })).items[0]).toMatchObject({
    note: "all of them",
    status: "complete",
  });
  await writeFile(file("notes.txt"), "spoiled");
  await script("restore-latest", name);
  expect(await readFile(file("notes.txt"), "utf8")).toBe("by script");
  await rm(folder, { recursive: true });
});

it("outlives its server, for who owned it last", slowly, async () => {
  const [first, second] = [await addPerson(program.db), await addPerson(program.db)];
  const client = (person: Person) => createClient({ url: program.url, token: person.token });
  const wanted = { name: "Short-lived", type: "custom", version: "1", memoryMb: 128, acceptEula: true } as const;
  const made = await client(first).servers.create.mutate({ ...wanted, wait: true });
  const gone = "id" in made ? made.id : "";
  const [initial] = (await client(first).snapshots.list.query({ serverId: gone })).items;
  const { id: snapshotId } = initial ?? { id: "" };
  await program.db.update(servers).set({ ownerId: second.id }).where(eq(servers.id, gone));
  await admin.servers.delete.mutate({ serverId: gone, confirm: "Short-lived", wait: true });
  expect(await codeOf(client(first).snapshots.get.query({ snapshotId }))).toBe("SNAPSHOT_NOT_FOUND");
  expect(await codeOf(client(first).snapshots.list.query({ serverId: gone }))).toBe("SERVER_NOT_FOUND");
  expect((await client(second).snapshots.list.query({ serverId: gone })).items).toHaveLength(1);
  expect(await codeOf(client(second).snapshots.restore.mutate({ snapshotId, wait: true }))).toBe("SERVER_NOT_FOUND");
  await client(second).snapshots.delete.mutate({ snapshotId });
});

it("is deleted for good, unless it is pinned, and its space is freed", slowly, async () => {
  await writeFile(file("big.bin"), randomBytes(400_000));
  const snapshot = await take(admin, serverId);
  await rm(file("big.bin"));
  const full = await sizeOf(join(program.dataDir, "snapshots", "objects"));
  await admin.snapshots.pin.mutate({ snapshotId: snapshot.id, isPinned: true });
  expect(await codeOf(admin.snapshots.delete.mutate({ snapshotId: snapshot.id }))).toBe("SNAPSHOT_PINNED");
  await admin.snapshots.pin.mutate({ snapshotId: snapshot.id, isPinned: false });
  await admin.snapshots.delete.mutate({ snapshotId: snapshot.id });
  expect(await codeOf(admin.snapshots.get.query({ snapshotId: snapshot.id }))).toBe("SNAPSHOT_NOT_FOUND");
  await expect
    .poll(() => sizeOf(join(program.dataDir, "snapshots", "objects")), { timeout: 20_000 })
    .toBeLessThan(full - 300_000);
});

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = await Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath ?? entry.path, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function objectOf(name: string): Promise<string> {
  const { stdout } = await run("sha256sum", [file(name)]);
  const hash = stdout.slice(0, 64);
  return join(program.dataDir, "snapshots", "objects", hash.slice(0, 2), `${hash}.zst`);
}

async function corrupt(path: string): Promise<void> {
  const content = await readFile(path);
  const at = Math.floor(content.length / 2);
  content[at] = (content[at] ?? 0) ^ 1;
  await rm(path);
  await writeFile(path, content);
}
