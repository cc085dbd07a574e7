import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { parseProperties } from "@/domains/servers/server/properties-file";
import type { Client } from "@/trpc/node-client";
import { administrator, type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { addPerson } from "./program-people";
import { findRemainders } from "./program-remainders";
import { addServer, findJvms, folderOf } from "./program-servers";
import { findOrdinaryUser } from "./program-user";

const isRoot = process.getuid?.() === 0;
const slowly = { timeout: 60_000 };

// The first evening, from an empty folder, with a database of its own: as the tests' own user and, if that is root, as another.
const ordinary = await findOrdinaryUser();
const users: [string, number | undefined][] = [
  ["as the user of the tests", undefined],
  ...(ordinary === null ? [] : ([["as an ordinary user", ordinary]] satisfies [string, number][])),
];

describe.each(users)("%s", (_who, asUser) => {
  let program: Program;
  let admin: Client;

  beforeAll(async () => {
    program = await startProgram({ embedded: true, asUser });
    admin = await program.admin();
  });
  afterAll(() => program?.end());

  it("a server is created, started, spoken to, stopped and deleted", slowly, async () => {
    const { id, name, port } = await addServer(program, admin, { properties: { motd: "Hello" } });
    expect((await admin.servers.properties.query({ serverId: id })).properties.motd).toBe("Hello");
    const running = await admin.servers.start.mutate({ serverId: id, wait: true });
    expect(running).toMatchObject({ state: "running", port, ownerName: administrator.username });
    const [pid = 0] = await findJvms(program, id);
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
    const separate = isRoot && asUser === undefined;
    if (separate) expect(uid).toBeGreaterThanOrEqual(200_000);
    else expect(uid).toBe(isRoot ? asUser : process.getuid?.());
    const environment = (await readFile(`/proc/${pid}/environ`, "utf8")).split("\0").filter(Boolean);
    expect(environment.map((entry) => entry.split("=", 1)[0]).sort()).toEqual(["HOME", "LANG", "PATH", "TZ"]);
    const answer = await admin.console.command.mutate({ serverId: id, command: "seed" });
    expect(answer).toEqual({ reply: "Seed: [1234567890]", via: "rcon" });
    const stopped = await admin.servers.stop.mutate({ serverId: id, wait: true });
    expect(stopped).toMatchObject({
      state: "stopped",
      lastEnd: { cause: "stopped_by_command", params: { rung: "asked" } },
    });
    await admin.servers.delete.mutate({ serverId: id, confirm: name, wait: true });
    expect(await admin.servers.list.query()).toEqual([]);
    expect(await findRemainders(program)).toEqual([]);
    expect(await readdir(join(program.dataDir, "trash", id))).toEqual(["files", "server.json"]);
    const { checks } = await admin.system.health.query();
    expect(checks.filter(({ status: found }) => found === "fail")).toEqual([]);
    expect(checks.find(({ name: check }) => check === "isolation")?.detail).toBe(separate ? "separate" : "shared");
  });

  it("keeps its folder to itself", slowly, async () => {
    const { id } = await addServer(program, admin);
    const mode = async (...path: string[]) => ((await stat(join(program.dataDir, ...path))).mode & 0o777).toString(8);
    const passable = isRoot && asUser === undefined ? "711" : "700";
    expect(await mode()).toBe(passable);
    expect(await mode("servers")).toBe(passable);
    for (const name of ["run", "trash", "temp", "cache", "postgres"])
      expect([name, await mode(name)]).toEqual([name, "700"]);
    for (const name of ["secret-key", "postgres-password"]) expect([name, await mode(name)]).toEqual([name, "600"]);
    expect(await mode("servers", id)).toBe("700");
    for (const name of await readdir(folderOf(program, id)))
      expect([name, await mode("servers", id, name)]).toEqual([name, "600"]);
  });

  it("shows its secrets to nobody", slowly, async () => {
    const { id } = await addServer(program, admin);
    await admin.servers.start.mutate({ serverId: id, wait: true });
    const { token } = await addPerson(program.db, { role: "admin" });
    await admin.console.command.mutate({ serverId: id, command: "say nothing" });
    const properties = parseProperties(await readFile(folderOf(program, id, "server.properties"), "utf8"));
    const secrets = [
      properties.get("rcon.password") ?? "",
      (await readFile(join(program.dataDir, "secret-key"), "utf8")).trim(),
      (await readFile(join(program.dataDir, "postgres-password"), "utf8")).trim(),
      administrator.password,
      token,
    ];
    expect(secrets.every((secret) => secret.length > 15)).toBe(true);
    const shown: string[] = [program.logs()];
    for (const path of [
      "servers.list",
      "servers.get",
      "servers.properties",
      "servers.timeline",
      "console.logs",
      "jobs.list",
      "auth.me",
      "system.health",
    ]) {
      const input = path.startsWith("servers.") || path === "console.logs" ? { serverId: id } : {};
      const sent = path === "servers.list" || path === "auth.me" || path === "system.health" ? undefined : input;
      const answer = await callProcedure(program.url, { path, type: "query", input: sent, credentials: { token } });
      expect([path, answer.status]).toEqual([path, 200]);
      shown.push(answer.text);
    }
    shown.push(JSON.stringify((await program.db.select().from(auditLog)).map(({ id: _id, ...row }) => row)));
    const [pid = 0] = await findJvms(program, id);
    shown.push(await readFile(`/proc/${pid}/cmdline`, "utf8"), await readFile(`/proc/${program.pid}/cmdline`, "utf8"));
    for (const [index, secret] of secrets.entries()) {
      expect(
        shown.flatMap((text, place) => (text.includes(secret) ? [`secret ${index} in place ${place}`] : [])),
      ).toEqual([]);
    }
    await admin.servers.kill.mutate({ serverId: id });
  });
});
