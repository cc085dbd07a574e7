// Longer than 250 lines because all of it goes through one program, whose start costs the most.
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Permission } from "@/domains/auth/permissions";
import type { Server } from "@/domains/servers/contract";
import { serverPorts } from "@/domains/servers/server/table";
import type { TemplateFile } from "@/domains/servers/template-contract";
import { type Client, createClient } from "@/trpc/node-client";
import { sampleOfHostile } from "./archives/hostile-archives";
import { rawTar } from "./archives/raw-tar";
import { tusCalls } from "./files/tus-calls";
import { craftyDatabase, foundFolders, writeFiles } from "./import-folders";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";
import { addServer, folderOf, quickJvm, untilState } from "./program-servers";
import { buildStandIn } from "./stand-in/build-stand-in";

let program: Program;
let admin: Client;
let token: string;
const root = mkdtempSync(join(tmpdir(), "mcsd-import-"));
const { tus, patch } = tusCalls(() => ({ url: program.url, serverId: "", token }));
const chosen = { type: "vanilla", version: "1.20.4", memoryMb: 128, acceptEula: true, wait: true } as const;

beforeAll(async () => {
  for (const [path, files] of Object.entries(foundFolders)) writeFiles(join(root, path), files);
  // One that really runs.
  await copyFile(await buildStandIn(), join(root, "plain/server.jar"));
  // Under a name of its own, as other panels keep it.
  cpSync(join(root, "plain"), join(root, "named"), { recursive: true });
  renameSync(join(root, "named/server.jar"), join(root, "named/paper-1.20.4-496.jar"));
  chmodSync(root, 0o755);
  program = await startProgram({ env: { IMPORT_ROOT: root } });
  admin = await program.admin();
  ({ token } = await addPerson(program.db, { role: "admin" }));
}, 60_000);
afterAll(async () => {
  await program?.end();
  rmSync(root, { recursive: true });
});

const hashOf = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");
const folder = (path: string) => ({ kind: "folder", path }) as const;
function made(result: Server | { jobId: string }): Server {
  if ("id" in result) return result;
  throw new Error("it did not wait");
}
const left = () => [
  readdirSync(join(program.dataDir, "servers")).filter((name) => name.startsWith(".new-")),
  readdirSync(join(program.dataDir, "temp", "extractions")),
];

async function upload(name: string, content: Buffer): Promise<string> {
  const metadata = `filename ${Buffer.from(name).toString("base64")}`;
  const begun = await tus("POST", "/api/imports", {
    "upload-length": String(content.length),
    "upload-metadata": metadata,
  });
  expect(begun.status).toBe(201);
  const location = begun.headers.get("location") ?? "";
  expect((await patch(location, 0, content)).status).toBe(204);
  return location.slice(location.lastIndexOf("/") + 1);
}

it("imports a folder: copied, kept as it came, and then mcsd's own", { timeout: 60_000 }, async () => {
  const { folders } = await admin.servers.listImportFolders.query({});
  expect(folders.find(({ name }) => name === "plain")).toEqual({ name: "plain", path: "plain", isServer: true });
  const before = readFileSync(join(root, "plain/server.properties"), "utf8");
  const server = made(
    await admin.servers.import.mutate({ ...chosen, source: folder("plain"), name: "Imported", port: 25_999 }),
  );
  expect(server).toMatchObject({ name: "Imported", state: "stopped", port: 25_999, eulaAccepted: true });
  expect(readFileSync(join(root, "plain/server.properties"), "utf8")).toBe(before);
  const text = readFileSync(folderOf(program, server.id, "server.properties"), "utf8");
  expect(text).toContain("motd=Plain");
  expect(text).toContain("server-port=25999");
  expect(readFileSync(folderOf(program, server.id, "world/region/r.0.0.mca"), "utf8")).toBe("region");
  // The first snapshot holds what came, before mcsd wrote into it.
  const [snapshot] = (await admin.snapshots.list.query({ serverId: server.id })).items;
  expect(snapshot).toMatchObject({ type: "initial", status: "complete" });
  const shown = await admin.snapshots.diffFile.query({ snapshotId: snapshot?.id ?? "", path: "server.properties" });
  expect(JSON.stringify(shown)).toContain("server-port=25570");
  await admin.servers.update.mutate({ serverId: server.id, jvmArgs: quickJvm });
  await admin.servers.start.mutate({ serverId: server.id, wait: true });
  await admin.servers.stop.mutate({ serverId: server.id, force: true });
  await untilState(admin, server.id, "stopped");

  const named = made(
    await admin.servers.import.mutate({ ...chosen, type: "paper", source: folder("named"), name: "By its own jar" }),
  );
  await admin.servers.update.mutate({ serverId: named.id, jvmArgs: quickJvm });
  await admin.servers.start.mutate({ serverId: named.id, wait: true });
  await admin.servers.kill.mutate({ serverId: named.id });

  // A copy of it stands on its own.
  const clone = made(await admin.servers.clone.mutate({ serverId: server.id, name: "Cloned", wait: true }));
  expect(clone).toMatchObject({ name: "Cloned", type: "vanilla", version: "1.20.4", memoryMb: 128, jvmArgs: quickJvm });
  expect(clone.port).not.toBe(server.port);
  const own = readFileSync(folderOf(program, clone.id, "server.properties"), "utf8");
  expect(own).toContain(`server-port=${clone.port}`);
  const passwordIn = (properties: string) => /^rcon\.password=(.*)$/m.exec(properties)?.[1];
  expect(passwordIn(own)).toMatch(/^[0-9a-f]{64}$/);
  expect(passwordIn(own)).not.toBe(passwordIn(readFileSync(folderOf(program, server.id, "server.properties"), "utf8")));
  expect(hashOf(folderOf(program, clone.id, "server.jar"))).toBe(hashOf(folderOf(program, server.id, "server.jar")));
  expect((await admin.snapshots.list.query({ serverId: clone.id })).items).toHaveLength(1);
  await admin.servers.start.mutate({ serverId: clone.id, wait: true });
  const running = admin.servers.clone.mutate({ serverId: clone.id, name: "No", wait: true });
  await expect(running).rejects.toMatchObject({ data: { error: { code: "STATE_CONFLICT" } } });
  await admin.servers.kill.mutate({ serverId: clone.id });
  expect(left()).toEqual([[], []]);
});

it("refuses links and special files by their path, and whoever may not read the machine's folders", async () => {
  mkdirSync(join(root, "linked/plugins"), { recursive: true });
  cpSync(join(root, "plain"), join(root, "linked"), { recursive: true });
  symlinkSync("/etc/passwd", join(root, "linked/plugins/secret.txt"));
  const count = (await admin.servers.list.query()).length;
  const ports = await program.db.$count(serverPorts);
  await expect(
    admin.servers.import.mutate({ ...chosen, source: folder("linked"), name: "Linked" }),
  ).rejects.toMatchObject({ data: { error: { code: "PATH_BLOCKED", details: { path: "plugins/secret.txt" } } } });
  symlinkSync("/etc", join(root, "outside"));
  for (const path of ["outside", "plain/../../etc", "nowhere"])
    await expect(admin.servers.inspectImport.mutate({ source: folder(path) })).rejects.toThrow();
  const user = createClient({ url: program.url, token: (await addPerson(program.db)).token });
  await expect(user.servers.inspectImport.mutate({ source: folder("plain") })).rejects.toMatchObject({
    data: { error: { code: "PERMISSION_MISSING" } },
  });
  expect((await admin.servers.list.query()).length).toBe(count);
  expect(await program.db.$count(serverPorts)).toBe(ports);
  expect(left()).toEqual([[], []]);
});

it("imports an archive that was sent, and refuses a hostile one whole", { timeout: 60_000 }, async () => {
  const me = createClient({ url: program.url, token });
  const files = foundFolders["pterodactyl/volumes/5f0c2a76-3a5b-4d0b-9d5e-0c8f3d2f7a11"] ?? {};
  const entries = Object.entries(files).map(([name, content]) => ({ name: `old/${name}`, content }));
  const source = { kind: "upload", uploadId: await upload("backup.tar", rawTar(entries)) } as const;
  const findings = await me.servers.inspectImport.mutate({ source });
  expect(findings).toMatchObject({ root: "old", panel: "pterodactyl", name: "Skyblock", type: "paper", port: 25_601 });
  // Somebody else's upload is nobody's business.
  await expect(admin.servers.inspectImport.mutate({ source })).rejects.toMatchObject({
    data: { error: { code: "NOT_FOUND" } },
  });
  const server = made(await me.servers.import.mutate({ ...chosen, type: "paper", source, name: "Sent" }));
  expect(readFileSync(folderOf(program, server.id, "world/level.dat"), "utf8")).toBe("x");
  await expect(me.servers.inspectImport.mutate({ source })).rejects.toThrow();

  for (const { name, file, make, rules } of sampleOfHostile.slice(0, 3)) {
    ({ token } = await addPerson(program.db, { role: "admin" }));
    const own = createClient({ url: program.url, token });
    const hostile = { kind: "upload", uploadId: await upload(file, await make()) } as const;
    const refused = { data: { error: { code: "ARCHIVE_REFUSED" } } };
    await expect(own.servers.inspectImport.mutate({ source: hostile }), name).rejects.toMatchObject(refused);
    const error = await own.servers.import.mutate({ ...chosen, source: hostile, name: "Evil" }).catch((e) => e);
    expect(rules, name).toContain(error.data.error.details.rule);
  }
  expect((await admin.servers.list.query()).map(({ name }) => name)).not.toContain("Evil");
  expect(left()).toEqual([[], []]);
});

it("takes over the backups of other panels that a person has confirmed", { timeout: 60_000 }, async () => {
  const uuid = "5f0c2a76-3a5b-4d0b-9d5e-0c8f3d2f7a11";
  const whole = Object.entries(foundFolders[`crafty/servers/${uuid}`] ?? {});
  const database = Buffer.from(await craftyDatabase());
  writeFiles(join(root, "crafty/app/config/db"), { "crafty.sqlite": database });
  const entries = [
    ...whole.map(([name, content]) => ({ name: `backup/servers/${uuid}/${name}`, content: Buffer.from(content) })),
    { name: "backup/app/config/db/crafty.sqlite", content: database },
  ];
  ({ token } = await addPerson(program.db, { role: "admin" }));
  const me = createClient({ url: program.url, token });
  const sent = { kind: "upload", uploadId: await upload("crafty.tar", rawTar(entries)) } as const;
  const cron = (expression: string) => ({ kind: "cron", expression, timeZone: "Asia/Tokyo" });
  const kinds = [
    ["Crafty", folder("crafty"), cron("5 4 * * *"), 12],
    ["Archive of Crafty", sent, cron("5 4 * * *"), 12],
    ["MCSManager", folder("mcsmanager"), { kind: "interval", everyHours: 6 }, 9],
    ["Pterodactyl", folder("pterodactyl"), cron("30 3 * * 0"), null],
  ] as const;
  for (const [name, source, timing, keep] of kinds) {
    const found = await me.servers.inspectImport.mutate({ source });
    const [first] = found.schedules;
    const becomes = first?.becomes;
    if (!becomes) throw new Error(`nothing for ${name}`);
    const schedule = {
      timing: becomes.kind === "cron" ? { ...becomes, timeZone: "Asia/Tokyo" } : becomes,
      ...(first.keep === null ? {} : { keep: first.keep }),
    };
    const given = { ...chosen, type: found.type, source, root: found.root, name, schedule };
    const server = made(await me.servers.import.mutate(given));
    const state = await me.snapshots.getSchedule.query({ serverId: server.id });
    expect(state.schedule, name).toMatchObject({
      isEnabled: true,
      timing,
      onlyIfPlayed: false,
      resource: "server_full",
    });
    expect(state.schedule.retention.last, name).toBe(keep ?? 7);
    expect(state.nextTimes.length, name).toBe(timing.kind === "cron" ? 5 : 0);
    const { items } = await me.system.audit.query({ targetId: server.id, action: "snapshots.setSchedule" });
    expect(items, name).toMatchObject([{ action: "snapshots.setSchedule", details: { schedule: { timing } } }]);
  }
  // Without a word about it there is none.
  const [plain] = await me.servers.list.query({ search: "Imported" });
  expect((await me.snapshots.getSchedule.query({ serverId: plain?.id ?? "" })).schedule.isEnabled).toBe(false);

  const count = (await admin.servers.list.query()).length;
  const refused = (timing: object, keep?: number) =>
    me.servers.import
      .mutate({ ...chosen, source: folder("plain"), name: "No", schedule: { timing, keep } as never })
      .catch((error) => error.data.error.code);
  expect(await refused({ kind: "cron", expression: "0 4 31 2 *", timeZone: "UTC" })).toBe("SCHEDULE_INVALID");
  expect(await refused({ kind: "cron", expression: "0 4 * * *", timeZone: "Nowhere" })).toBe("VALIDATION_FAILED");
  expect(await refused({ kind: "interval", everyHours: 24 }, 31)).toBe("LIMIT_EXCEEDED");
  const scopes: Permission[] = ["servers.create", "system.update_settings"];
  const narrow = createClient({
    url: program.url,
    token: (await addPerson(program.db, { role: "admin", scopes })).token,
  });
  const given = { ...chosen, source: folder("plain"), name: "No", schedule: { timing: kinds[2][2] } };
  await expect(narrow.servers.import.mutate(given)).rejects.toMatchObject({
    data: { error: { code: "PERMISSION_MISSING", details: { permission: "backups.schedule" } } },
  });
  expect((await admin.servers.list.query()).length).toBe(count);
  expect(left()).toEqual([[], []]);
});

it("keeps settings as templates, which are one's own and travel as files", async () => {
  const { id } = await addServer(program, admin, { name: "Origin", properties: { motd: "Kept", difficulty: "hard" } });
  const template = await admin.servers.createTemplate.mutate({ name: "Hard", serverId: id });
  const { settings } = template;
  expect(settings).toMatchObject({ type: "vanilla", memoryMb: 128, properties: { motd: "Kept", difficulty: "hard" } });
  expect(Object.keys(settings.properties ?? {}).join()).not.toMatch(/rcon|server-port|password/);
  await expect(admin.servers.createTemplate.mutate({ name: "Hard", serverId: id })).rejects.toMatchObject({
    data: { error: { code: "TEMPLATE_EXISTS" } },
  });
  const file: TemplateFile = { format: "mcsd-server-template", formatVersion: 1, name: "X", description: "", settings };
  const me = createClient({ url: program.url, token });
  const copy = await me.servers.createTemplate.mutate({ name: file.name, settings: file.settings });
  const another = made(
    await me.servers.create.mutate({ ...copy.settings, name: "Like it", acceptEula: true, wait: true }),
  );
  expect(readFileSync(folderOf(program, another.id, "server.properties"), "utf8")).toContain("difficulty=hard");
  await expect(me.servers.deleteTemplate.mutate({ templateId: template.id })).rejects.toMatchObject({
    data: { error: { code: "TEMPLATE_NOT_FOUND" } },
  });
  await me.servers.updateTemplate.mutate({ templateId: copy.id, name: "Y" });
  expect((await me.servers.listTemplates.query()).map(({ name }) => name)).toEqual(["Y"]);
  await expect(
    me.servers.createTemplate.mutate({
      name: "Bad",
      settings: { ...settings, properties: { "rcon.password": "mine" } },
    }),
  ).rejects.toMatchObject({ data: { error: { code: "VALIDATION_FAILED" } } });
});

it("an end of mcsd in the middle of an import leaves nothing or all of it", { timeout: 90_000 }, async () => {
  for (let index = 0; index < 400; index++)
    writeFiles(join(root, "large"), { [`world/region/r.${index}.0.mca`]: "x".repeat(20_000) });
  writeFiles(join(root, "large"), { "server.properties": "motd=large\n", "eula.txt": "eula=true\n" });
  for (const [index, wait] of [0, 60, 200, 500].entries()) {
    const ports = await program.db.$count(serverPorts);
    const name = `Cut off ${index}`;
    const schedule = { timing: { kind: "interval", everyHours: 24 } } as const;
    const ended = admin.servers.import.mutate({ ...chosen, source: folder("large"), name, schedule }).catch(() => {});
    await delay(wait);
    await program.kill9();
    await ended;
    await program.start();
    const server = (await admin.servers.list.query()).find((known) => known.name === name);
    expect(left()).toEqual([[], []]);
    if (!server) expect(await program.db.$count(serverPorts)).toBe(ports);
    else {
      expect(readdirSync(folderOf(program, server.id, "world/region"))).toHaveLength(400);
      expect((await admin.snapshots.getSchedule.query({ serverId: server.id })).schedule.isEnabled).toBe(true);
    }
    const folders = readdirSync(join(program.dataDir, "servers")).filter((id) => !id.startsWith("."));
    expect(folders.sort()).toEqual((await admin.servers.list.query()).map(({ id }) => id).sort());
  }
});
