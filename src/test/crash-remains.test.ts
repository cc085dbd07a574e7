import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JobKind } from "@/domains/jobs/contract";
import { operations } from "@/domains/jobs/server/table";
import type { Server } from "@/domains/servers/contract";
import { serverPorts } from "@/domains/servers/server/table";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { findRemainders } from "./program-remainders";
import { addServer, folderOf } from "./program-servers";
import { until } from "./program-until";

let program: Program;
let admin: Client;
let downloadJob: string;
let untouched: Server;
let inTrash: Server;
let notYetInTrash: Server;
const jobs: Record<string, string> = {};
const [laidOut, staged] = [randomUUID(), randomUUID()];

/** What disk and database hold when the dashboard ended in the middle of a creation or a deletion, at every step of both. */
beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
  untouched = await addServer(program, admin, { name: "Untouched" });
  inTrash = await addServer(program, admin, { name: "In the trash already" });
  notYetInTrash = await addServer(program, admin, { name: "Not yet in the trash" });
  program.upstreams.fail("paper", "slow", "jar");
  const input = { name: "Never to be", type: "paper", version: "1.20.4", memoryMb: 128, acceptEula: true } as const;
  const created = await admin.servers.create.mutate(input);
  downloadJob = "jobId" in created ? created.jobId : "";
  const isLoading = async () => ((await admin.jobs.get.query({ jobId: downloadJob })).done ?? 0) > 0;
  await until(isLoading, "bytes arrive");
  await program.kill9();
  expect(await findRemainders(program)).not.toEqual([]);

  jobs.laidOut = await leaveOpen("servers.create", laidOut);
  await mkdir(folderOf(program, laidOut));
  await writeFile(folderOf(program, laidOut, "server.properties"), "");
  jobs.staged = await leaveOpen("servers.create", staged);
  await mkdir(join(program.dataDir, "servers", `.new-${staged}`));
  await program.db.insert(serverPorts).values({ port: 21_999, holder: staged, purpose: "rcon" });
  jobs.saved = await leaveOpen("servers.create", untouched.id);
  jobs.inTrash = await leaveOpen("servers.delete", inTrash.id);
  await mkdir(join(program.dataDir, "trash", inTrash.id));
  await rename(folderOf(program, inTrash.id), join(program.dataDir, "trash", inTrash.id, "files"));
  jobs.notYetInTrash = await leaveOpen("servers.delete", notYetInTrash.id);
  await program.start();
});
afterAll(() => program?.end());

async function leaveOpen(kind: JobKind, serverId: string): Promise<string> {
  const open = { id: randomUUID(), kind, status: "running", serverId, subject: "x", startedBy: "admin" } as const;
  await program.db.insert(operations).values({ ...open, startedAt: new Date() });
  return open.id;
}

const statusOf = async (jobId = "") => (await admin.jobs.get.query({ jobId })).status;

it("rows, folders, ports and downloads agree again", async () => {
  expect(await findRemainders(program)).toEqual([]);
  const names = (await admin.servers.list.query()).map(({ name }) => name);
  expect(names).toEqual(["Not yet in the trash", "Untouched"]);
});

it("a creation whose row was not saved is undone, one that was saved stands", async () => {
  expect(await statusOf(downloadJob)).toBe("interrupted");
  expect(await statusOf(jobs.laidOut)).toBe("interrupted");
  expect(await statusOf(jobs.staged)).toBe("interrupted");
  expect(await statusOf(jobs.saved)).toBe("succeeded");
  expect(await readdir(folderOf(program, untouched.id))).toContain("server.jar");
});

it("a deletion is finished once the folder is in the trash, and has never been before", async () => {
  expect(await statusOf(jobs.inTrash)).toBe("succeeded");
  expect(await readdir(join(program.dataDir, "trash", inTrash.id, "files"))).toContain("server.jar");
  expect(await statusOf(jobs.notYetInTrash)).toBe("interrupted");
  expect(await readdir(folderOf(program, notYetInTrash.id))).toContain("server.jar");
  const { name } = notYetInTrash;
  await admin.servers.delete.mutate({ serverId: notYetInTrash.id, confirm: name, wait: true });
  expect(await findRemainders(program)).toEqual([]);
});
