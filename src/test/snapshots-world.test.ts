import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import type { Program } from "./program";
import { addPerson } from "./program-people";
import { findRemainders } from "./program-remainders";
import { folderOf } from "./program-servers";
import { until } from "./program-until";
import { describeServer, startPlayed } from "./snapshots/program-snapshots";

const run = promisify(execFile);
const slowly = { timeout: 90_000 };
let program: Program;
let admin: Client;
let serverId: string;
let token: string;
let made: string;

beforeAll(async () => {
  ({ program, admin, serverId } = await startPlayed({ isRunning: false }));
  token = (await addPerson(program.db, { role: "admin" })).token;
  made = await mkdtemp(join(tmpdir(), "world-"));
  await mkdir(join(made, "Sky", "region"), { recursive: true });
  await writeFile(join(made, "Sky", "level.dat"), "new");
  for (let at = 0; at < 60; at++)
    await writeFile(join(made, "Sky", "region", `r.${at}.0.mca`), Buffer.alloc(50_000, at));
  await run("tar", ["-C", made, "-cf", join(made, "good.tar"), "Sky"]);
  await symlink("/etc/passwd", join(made, "Sky", "link"));
  await run("tar", ["-C", made, "-cf", join(made, "evil.tar"), "Sky"]);
}, 120_000);
afterAll(async () => {
  await program?.end();
  await rm(made, { recursive: true, force: true });
});

const level = () => readFile(folderOf(program, serverId, "world", "level.dat"), "utf8");
const tree = () => describeServer({ program, serverId });

async function put(
  archive: string,
  query = "",
): Promise<{ status: number; body: { jobId: string; error?: { code: string } } }> {
  const response = await fetch(`${program.url}/api/servers/${serverId}/world${query}`, {
    method: "PUT",
    body: new Uint8Array(await readFile(join(made, archive))),
    headers: { authorization: `Bearer ${token}` },
  });
  return { status: response.status, body: (await response.json()) as { jobId: string } };
}

async function ended(jobId: string) {
  await until(async () => (await admin.jobs.get.query({ jobId })).status !== "running", "the job has ended");
  return admin.jobs.get.query({ jobId });
}

it("becomes the world that the server plays as one job, with the old one kept and one undo", slowly, async () => {
  const before = tree();
  const { status, body } = await put("good.tar", "?note=from%20a%20friend");
  expect(status).toBe(202);
  expect(await ended(body.jobId)).toMatchObject({ kind: "snapshots.replaceWorld", status: "succeeded", error: null });
  expect(await level()).toBe("new");
  const { items } = await admin.snapshots.list.query({ serverId });
  expect(items.map(({ type, status: state, path, note }) => [type, state, path, note])).toEqual(
    expect.arrayContaining([
      ["imported", "complete", "world", "from a friend"],
      ["pre_restore", "complete", "world", ""],
    ]),
  );
  await admin.snapshots.undoRestore.mutate({ serverId, wait: true });
  expect(tree()).toEqual(before);
  expect(await findRemainders(program)).toEqual([]);
});

it("changes nothing where the archive is refused, and says why", slowly, async () => {
  const before = tree();
  const { body } = await put("evil.tar");
  expect(await ended(body.jobId)).toMatchObject({
    status: "failed",
    error: { code: "ARCHIVE_REFUSED", details: { rule: "link" } },
  });
  expect(tree()).toEqual(before);
  expect((await admin.snapshots.list.query({ serverId })).items[0]).toMatchObject({
    type: "imported",
    status: "failed",
  });
  expect(await findRemainders(program)).toEqual([]);
});

it("kill -9 in the middle: the old world or the new one, whole, and the job tells which", slowly, async () => {
  const before = tree();
  const { body } = await put("good.tar");
  await delay(Math.random() * 250);
  await program.kill9();
  await program.start();
  const { status } = await admin.jobs.get.query({ jobId: body.jobId });
  if (status === "succeeded") expect(await level()).toBe("new");
  else expect(tree()).toEqual(before);
  expect(await findRemainders(program)).toEqual([]);
});
