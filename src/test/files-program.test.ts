import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addServer, folderOf } from "./program-servers";

const slowly = { timeout: 60_000 };
let program: Program;
let admin: Client;
let serverId: string;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
  serverId = (await addServer(program, admin)).id;
}, 120_000);
afterAll(() => program?.end());

const at = (...names: string[]) => folderOf(program, serverId, ...names);
const read = (path: string) => admin.files.read.query({ serverId, path });
const write = (path: string, content: string, etag?: string | null) =>
  admin.files.write.mutate({ serverId, path, content, etag });

describe("texts", slowly, () => {
  it("saves what was read, and nobody's change is lost", async () => {
    const { etag, entry } = await write("plugins/config.yml", "a: 1\n");
    expect(entry).toMatchObject({ name: "config.yml", path: "plugins/config.yml", kind: "file", size: 5 });
    const opened = await read("plugins/config.yml");
    expect(opened).toMatchObject({ content: "a: 1\n", etag, encoding: "utf8", lineEnd: "lf", size: 5 });
    const second = await write("plugins/config.yml", "a: 2\n", etag);
    await expect(write("plugins/config.yml", "a: 3\n", etag)).rejects.toMatchObject({
      data: { error: { code: "FILE_CHANGED", details: { etag: second.etag } } },
    });
    await expect(write("plugins/config.yml", "a: 3\n", null)).rejects.toThrow("There is a file of this name.");
    expect(readFileSync(at("plugins", "config.yml"), "utf8")).toBe("a: 2\n");
  });

  it("keeps owner, mode, encoding and line ends", async () => {
    writeFileSync(at("old.txt"), Buffer.from("Gr\xfc\xdfe\r\nzwei\r\n", "latin1"));
    chmodSync(at("old.txt"), 0o640);
    const opened = await read("old.txt");
    expect(opened).toMatchObject({ encoding: "latin1", lineEnd: "crlf", content: "Grüße\r\nzwei\r\n" });
    await write("old.txt", opened.content.replace("zwei", "drei ä"), opened.etag);
    expect(readFileSync(at("old.txt"), "latin1")).toBe("Grüße\r\ndrei ä\r\n");
    const { mode, uid } = statSync(at("old.txt"));
    expect([mode & 0o777, uid]).toEqual([0o640, statSync(at()).uid]);
    await expect(write("old.txt", "snow ☃")).rejects.toMatchObject({
      data: { error: { code: "ENCODING_IMPOSSIBLE" } },
    });
    await admin.files.write.mutate({ serverId, path: "old.txt", content: "snow ☃", encoding: "utf8" });
    expect(readFileSync(at("old.txt"), "utf8")).toBe("snow ☃");
  });

  it("changes keys of server.properties and no other byte, and keeps what was there before", async () => {
    const before = readFileSync(at("server.properties"));
    writeFileSync(at("server.properties"), Buffer.from("#Gr\xfc\xdfe\r\nmotd=a\\\r\n  b\r\nx : 1\r\n", "latin1"));
    const { properties } = await admin.servers.updateProperties.mutate({ serverId, properties: { x: "é" } });
    expect(properties).toMatchObject({ motd: "ab", x: "é" });
    const after = "#Gr\xfc\xdfe\r\nmotd=a\\\r\n  b\r\nx=\\u00e9\r\n";
    expect(readFileSync(at("server.properties"), "latin1")).toBe(after);
    const [version] = await admin.files.history.query({ serverId, path: "server.properties" });
    expect(version).toMatchObject({ reason: "save" });
    writeFileSync(at("server.properties"), before);
  });

  it("shows secrets to nobody and keeps them", async () => {
    const before = readFileSync(at("server.properties"), "utf8");
    const opened = await read("server.properties");
    expect(opened.hasHiddenSecrets).toBe(true);
    expect(opened.content).toContain("rcon.password=********");
    const at1 = before.indexOf("rcon.password=") + "rcon.password=".length;
    const secret = before.slice(at1, before.indexOf("\n", at1));
    for (const start of [at1, at1 + 1, at1 - 3]) {
      const part = await admin.files.read.query({ serverId, path: "server.properties", start, length: 50 });
      expect(part.content).not.toContain(secret.slice(5, 20));
    }
    await write("server.properties", `${opened.content}extra=1\n`, opened.etag);
    expect(readFileSync(at("server.properties"), "utf8")).toBe(`${before}extra=1\n`);
  });

  it("reads large files in parts that begin and end between characters", async () => {
    writeFileSync(at("large.log"), "ä".repeat(4 * 1024 * 1024));
    await expect(read("large.log")).rejects.toMatchObject({ data: { error: { code: "FILE_TOO_LARGE" } } });
    const part = await admin.files.read.query({ serverId, path: "large.log", start: 1001, length: 100 });
    expect(part).toMatchObject({ content: "ä".repeat(49), part: { start: 1002, end: 1100 }, size: 8 * 1024 * 1024 });
    const end = await admin.files.read.query({ serverId, path: "large.log", start: -10, length: 100 });
    expect(end.content).toBe("ä".repeat(5));
    writeFileSync(at("binary.bin"), Buffer.from([1, 0, 2]));
    await expect(read("binary.bin")).rejects.toMatchObject({ data: { error: { code: "NOT_TEXT" } } });
  });
});

describe("history", slowly, () => {
  it("keeps the last 20 contents with who and when, and rolls back so that it can be undone", async () => {
    for (let version = 1; version <= 23; version++) await write("notes.txt", `v${version}`);
    const history = await admin.files.history.query({ serverId, path: "notes.txt" });
    expect(history).toHaveLength(20);
    expect(history[0]).toMatchObject({ version: 22, size: 3, createdBy: "admin", reason: "save" });
    const oldest = history.at(-1);
    expect(oldest?.version).toBe(3);
    const version = { serverId, path: "notes.txt", snapshotId: oldest?.snapshotId ?? "" };
    expect(await admin.files.version.query(version)).toEqual({ content: "v3", size: 2, isText: true });
    await admin.files.rollback.mutate(version);
    expect(readFileSync(at("notes.txt"), "utf8")).toBe("v3");
    const [undo] = await admin.files.history.query({ serverId, path: "notes.txt" });
    expect(undo?.reason).toBe("rollback");
    await admin.files.rollback.mutate({ ...version, snapshotId: undo?.snapshotId ?? "" });
    expect(readFileSync(at("notes.txt"), "utf8")).toBe("v23");
    await expect(admin.files.version.query({ ...version, path: "old.txt" })).rejects.toThrow("no such version");
    // They are not among the snapshots that somebody took.
    const { items } = await admin.snapshots.list.query({ serverId });
    expect(items.filter(({ type }) => type === "auto_save")).toEqual([]);
  });

  it("brings back a deleted file by its history too", async () => {
    await write("gone.txt", "precious");
    await admin.files.delete.mutate({ serverId, path: "gone.txt" });
    const [last] = await admin.files.history.query({ serverId, path: "gone.txt" });
    expect(last?.reason).toBe("delete");
    await admin.files.rollback.mutate({ serverId, path: "gone.txt", snapshotId: last?.snapshotId ?? "" });
    expect(readFileSync(at("gone.txt"), "utf8")).toBe("precious");
  });
});

describe("folders", slowly, () => {
  it("are listed in parts, created, moved, copied and measured", async () => {
    await admin.files.createFolder.mutate({ serverId, path: "a/b/c" });
    for (const name of ["1.txt", "2.txt", "3.txt"]) writeFileSync(at("a", "b", name), name);
    const first = await admin.files.list.query({ serverId, path: "a/b", limit: 2 });
    expect(first.map(({ name, kind }) => [name, kind])).toEqual([
      ["1.txt", "file"],
      ["2.txt", "file"],
    ]);
    const rest = await admin.files.list.query({ serverId, path: "a/b", after: "2.txt" });
    expect(rest.map(({ name }) => name)).toEqual(["3.txt", "c"]);
    expect(await admin.files.measure.query({ serverId, path: "a" })).toEqual({ bytes: 15, files: 3, isComplete: true });
    await admin.files.move.mutate({ serverId, path: "a/b/1.txt", to: "a/new/one.txt" });
    expect(readFileSync(at("a", "new", "one.txt"), "utf8")).toBe("1.txt");
    await expect(admin.files.move.mutate({ serverId, path: "a/b/2.txt", to: "a/b/3.txt" })).rejects.toThrow("already");
    await expect(admin.files.move.mutate({ serverId, path: "a", to: "a/b/a" })).rejects.toThrow("into itself");
    const copied = await admin.files.copy.mutate({ serverId, path: "a", to: "copy" });
    expect(copied).toMatchObject({ name: "copy", kind: "folder" });
    expect(readFileSync(at("copy", "b", "3.txt"), "utf8")).toBe("3.txt");
    expect(statSync(at("copy", "b", "3.txt")).uid).toBe(statSync(at()).uid);
    const moved = await admin.files.moveMany.mutate({
      serverId,
      paths: ["a/b/2.txt", "a/b/no", "a/b/3.txt"],
      to: "copy",
    });
    expect(moved.done.map(({ entry }) => entry.path)).toEqual(["copy/2.txt", "copy/3.txt"]);
    expect(moved.failed).toMatchObject([{ path: "a/b/no", code: "PATH_NOT_FOUND" }]);
  });

  it("go to the trash and come back", async () => {
    const deleted = await admin.files.delete.mutate({ serverId, path: "copy" });
    expect(existsSync(at("copy"))).toBe(false);
    expect(await admin.files.trash.query({ serverId })).toContainEqual(
      expect.objectContaining({ trashId: deleted.trashId, path: "copy", kind: "folder", deletedBy: "admin" }),
    );
    mkdirSync(at("copy"));
    const back = { serverId, trashId: deleted.trashId };
    await expect(admin.files.restoreTrash.mutate(back)).rejects.toThrow("already");
    await admin.files.restoreTrash.mutate({ ...back, to: "copy-2" });
    expect((await readdir(at("copy-2"))).sort()).toEqual(["2.txt", "3.txt", "b", "new"]);
    await expect(admin.files.restoreTrash.mutate(back)).rejects.toThrow("trash any more");
    await admin.files.emptyTrash.mutate({ serverId });
    expect(await admin.files.trash.query({ serverId })).toEqual([]);
  });

  it("are searched by name and by content", async () => {
    writeFileSync(at("a", "needle.yml"), "first\nsecond NEEDLE here\n");
    const names = await admin.files.search.query({ serverId, text: "needle" });
    expect(names.matches.map(({ entry }) => entry.path)).toEqual(["a/needle.yml"]);
    const contents = await admin.files.search.query({ serverId, text: "needle", where: "contents" });
    expect(contents).toMatchObject({
      isComplete: true,
      matches: [{ entry: { path: "a/needle.yml" }, line: 2, column: 8, text: "second NEEDLE here" }],
    });
    const exact = await admin.files.search.query({ serverId, text: "needle", where: "contents", matchCase: true });
    expect(exact.matches).toEqual([]);
    const secret = readFileSync(at("server.properties"), "utf8").match(/rcon\.password=(.+)/)?.[1] ?? "";
    const found = await admin.files.search.query({ serverId, text: secret, where: "contents" });
    expect([secret.length > 20, found.matches]).toEqual([true, []]);
  });
});

it("leaves nothing behind", async () => {
  expect(await readdir(`${program.dataDir}/temp/uploads`)).toEqual([]);
  expect(await readdir(`${program.dataDir}/temp/extractions`)).toEqual([]);
});
