import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import type { Client } from "@/trpc/node-client";
import { tusCalls } from "./files/tus-calls";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { addServer, folderOf } from "./program-servers";

const slowly = { timeout: 60_000 };
let program: Program;
let admin: Client;
let serverId: string;
let token: string;

beforeAll(async () => {
  program = await startProgram({ env: { MAX_UPLOAD_SIZE_MB: "50" } });
  admin = await program.admin();
  serverId = (await addServer(program, admin)).id;
  ({ token } = await addPerson(program.db, { role: "admin" }));
}, 120_000);
afterAll(() => program?.end());

const at = (...names: string[]) => folderOf(program, serverId, ...names);
const resumable = () => {
  const folder = join(program.dataDir, "temp", "resumable");
  return existsSync(folder) ? readdirSync(folder) : [];
};
const { tus, create, patch } = tusCalls(() => ({ url: program.url, serverId, token }));
const begin = async (path: string, length: number, more = {}) => {
  const { status, headers } = await create(path, length, more);
  expect(status).toBe(201);
  return headers.get("location") ?? "";
};

describe("an upload that can be taken up again", slowly, () => {
  it("goes on after kill -9 from what is on disk, and takes its place with the last byte", async () => {
    const bytes = randomBytes(3_000_000);
    const location = await begin("plugins/new/large.jar", bytes.length);
    expect(location).toMatch(new RegExp(`^/api/servers/${serverId}/uploads/[0-9a-f-]{36}$`));
    expect((await patch(location, 0, bytes.subarray(0, 1_000_000))).headers.get("upload-offset")).toBe("1000000");
    await program.kill9();
    await program.start();
    const head = await tus("HEAD", location);
    expect([head.status, head.headers.get("upload-offset")]).toEqual([200, "1000000"]);
    expect((await patch(location, 2_000_000, bytes.subarray(2_000_000))).status).toBe(409);
    expect((await patch(location, 1_000_000, bytes.subarray(1_000_000))).status).toBe(204);
    expect(readFileSync(at("plugins", "new", "large.jar")).equals(bytes)).toBe(true);
    expect((await tus("HEAD", location)).status).toBe(404);
    expect(resumable()).toEqual([]);
  });

  it("that was whole when mcsd ended is ended by its last byte", async () => {
    const location = await begin("late.txt", 5);
    await patch(location, 0, Buffer.from("hell"));
    // As if the end had come between the last byte and the rename.
    writeFileSync(join(program.dataDir, "temp", "resumable", `${location.split("/").at(-1)}.part`), "hello");
    const { headers } = await tus("HEAD", location);
    expect(headers.get("upload-offset")).toBe("4");
    expect((await patch(location, 4, Buffer.from("o"))).status).toBe(204);
    expect(readFileSync(at("late.txt"), "utf8")).toBe("hello");
  });

  it("that is asked about while it takes its place loses nothing", async () => {
    const bytes = randomBytes(100_000);
    for (let round = 0; round < 15; round++) {
      const location = await begin(`asked-${round}.txt`, bytes.length);
      let isOver = false;
      const asking = (async () => {
        while (!isOver) await tus("HEAD", location);
      })();
      expect((await patch(location, 0, bytes)).status).toBe(204);
      isOver = true;
      await asking;
      expect(readFileSync(at(`asked-${round}.txt`)).equals(bytes)).toBe(true);
    }
    expect(resumable()).toEqual([]);
  });

  it("is nobody else's, and not of another server", async () => {
    const location = await begin("mine.txt", 10);
    const other = await addPerson(program.db, { role: "admin" });
    for (const method of ["HEAD", "DELETE"])
      expect((await tus(method, location, {}, undefined, other.token)).status).toBe(404);
    expect((await patch(location, 0, Buffer.from("evil"), other.token)).code).toBe("NOT_FOUND");
    const second = (await addServer(program, admin)).id;
    expect((await tus("HEAD", location.replace(serverId, second))).status).toBe(404);
    const stranger = await addPerson(program.db);
    expect((await create("x.txt", 1, {}, stranger.token)).code).toBe("SERVER_NOT_FOUND");
    expect((await tus("DELETE", location)).status).toBe(204);
    expect(resumable()).toEqual([]);
  });

  it("replaces only when that is said, and keeps what was there", async () => {
    writeFileSync(at("config.yml"), "old");
    expect((await create("config.yml", 3)).code).toBe("PATH_EXISTS");
    const location = await begin("config.yml", 3, { replace: "yes" });
    await patch(location, 0, Buffer.from("new"));
    expect(readFileSync(at("config.yml"), "utf8")).toBe("new");
    const [version] = await admin.files.history.query({ serverId, path: "config.yml" });
    expect(version?.reason).toBe("upload");
    // Two at once for one new name: the second meets the first.
    const [one, two] = [await begin("race.txt", 1), await begin("race.txt", 1)];
    expect((await patch(one, 0, Buffer.from("1"))).status).toBe(204);
    expect((await patch(two, 0, Buffer.from("2"))).code).toBe("PATH_EXISTS");
    expect(readFileSync(at("race.txt"), "utf8")).toBe("1");
    expect(resumable()).toEqual([]);
  });

  it("says when it expires, a day after its last byte, and is gone then", async () => {
    const dayMs = 24 * 3_600_000;
    const { headers } = await create("slow.txt", 4);
    const isInADay = (expires: string | null) => Math.abs(Date.parse(expires ?? "") - Date.now() - dayMs) < 60_000;
    expect(isInADay(headers.get("upload-expires"))).toBe(true);
    const location = headers.get("location") ?? "";
    const file = (ending: string) =>
      join(program.dataDir, "temp", "resumable", `${location.split("/").at(-1)}.${ending}`);
    // Begun long ago, and still going on: the last byte counts.
    const about = JSON.parse(readFileSync(file("json"), "utf8"));
    writeFileSync(file("json"), JSON.stringify({ ...about, createdAt: new Date(Date.now() - 3 * dayMs) }));
    const { status, headers: half } = await patch(location, 0, Buffer.from("ab"));
    expect([status, isInADay(half.get("upload-expires"))]).toEqual([204, true]);
    const longAgo = new Date(Date.now() - dayMs - 60_000);
    utimesSync(file("part"), longAgo, longAgo);
    expect((await tus("HEAD", location)).status).toBe(410);
    expect((await patch(location, 2, Buffer.from("cd"))).status).toBe(410);
    expect([existsSync(at("slow.txt")), readFileSync(file("part"), "utf8")]).toEqual([false, "ab"]);
    expect((await tus("DELETE", location)).status).toBe(204);
    // Nothing of it is left to be looked for when an empty one has its place at once.
    expect((await create("empty.txt", 0)).status).toBe(201);
    expect(readFileSync(at("empty.txt"), "utf8")).toBe("");
    expect(resumable()).toEqual([]);
  });

  it("is refused before a byte is sent: type, size, path, length, a folder of that name", async () => {
    mkdirSync(at("folder.txt"));
    const refusals = await Promise.all([
      create("evil.exe", 1),
      create("large.jar", 51 * 1024 * 1024),
      create("../evil.txt", 1),
      create("folder.txt", 1),
      create("server.jar", 1),
    ]);
    expect(refusals.map(({ code }) => code)).toEqual([
      "FILE_TYPE_REFUSED",
      "FILE_TOO_LARGE",
      "PATH_INVALID",
      "PATH_EXISTS",
      "FILE_TYPE_REFUSED",
    ]);
    const deferred = await tus("POST", `/api/servers/${serverId}/uploads`, {
      "upload-defer-length": "1",
      "upload-metadata": `path ${Buffer.from("a.txt").toString("base64")}`,
    });
    expect(deferred.status).toBeGreaterThanOrEqual(400);
    const location = await begin("short.txt", 3);
    expect((await patch(location, 0, Buffer.from("too long"))).status).toBeGreaterThanOrEqual(400);
    expect(existsSync(at("short.txt"))).toBe(false);
    expect((await tus("DELETE", location)).status).toBe(204);
    expect(resumable()).toEqual([]);
  });
});

describe("a download", slowly, () => {
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    fetch(`${program.url}/api/servers/${serverId}/files?path=${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });

  it("comes whole or by range, with a safe name", async () => {
    const bytes = randomBytes(200_000);
    writeFileSync(at('a "b" ü.bin'), bytes);
    const path = encodeURIComponent('a "b" ü.bin');
    const whole = await get(path);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(whole.headers.get("content-disposition")).toBe(
      `attachment; filename="a _b_ _.bin"; filename*=UTF-8''a%20%22b%22%20%C3%BC.bin`,
    );
    expect([whole.headers.get("x-content-type-options"), whole.headers.get("accept-ranges")]).toEqual([
      "nosniff",
      "bytes",
    ]);
    const etag = whole.headers.get("etag") ?? "";
    const part = await get(path, { range: "bytes=1000-1999", "if-range": etag });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 1000-1999/200000"]);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(1000, 2000))).toBe(true);
    const tail = await get(path, { range: "bytes=-10" });
    expect(Buffer.from(await tail.arrayBuffer()).equals(bytes.subarray(-10))).toBe(true);
    const changed = await get(path, { range: "bytes=0-1", "if-range": '"other"' });
    expect(changed.status).toBe(200);
    await changed.body?.cancel();
    const outside = await get(path, { range: "bytes=200000-" });
    expect([outside.status, outside.headers.get("content-range")]).toEqual([416, "bytes */200000"]);
    const head = await get(path, {}, "HEAD");
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "200000"]);
  });

  it("is torn off when the file shrinks meanwhile, and is in the audit log however it is asked for", async () => {
    writeFileSync(at("shrinks.bin"), Buffer.alloc(80_000_000, 1));
    const response = await get("shrinks.bin");
    const reader = response.body?.getReader();
    await reader?.read();
    truncateSync(at("shrinks.bin"), 20_000_000);
    const rest = async () => {
      for (;;) if ((await reader?.read())?.done) return;
    };
    await expect(rest()).rejects.toThrow();
    const rows = async () =>
      (await program.db.select().from(auditLog)).filter(({ action }) => action === "files.download").length;
    const before = await rows();
    for (const range of ["bytes=-999999999", "bytes=1-", "x", "bytes=5-6,0-"])
      await (await get("config.yml", { range })).body?.cancel();
    expect((await rows()) - before).toBe(4);
  });

  it("never holds the RCON password, alone or in an archive", async () => {
    const secret = /rcon\.password=(.+)/.exec(readFileSync(at("server.properties"), "utf8"))?.[1] ?? "";
    expect(secret.length).toBeGreaterThan(20);
    expect(await (await get("server.properties")).text()).not.toContain(secret);
    const archive = Buffer.from(await (await get("&format=tar")).arrayBuffer());
    expect(archive.includes("level-name") || archive.includes("server-port")).toBe(true);
    expect(archive.includes(secret)).toBe(false);
  });
});
