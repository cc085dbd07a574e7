import { afterAll, beforeAll, expect, it } from "vitest";
import type { Permission } from "@/domains/auth/permissions";
import { defaultSchedule, type Snapshot } from "@/domains/snapshots/contract";
import type { Client } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { type Acting, addActing, outcomeOf } from "./program-outcomes";

const slowly = { timeout: 60_000 };
let program: Program;
let admin: Client;
let owner: Acting;
let serverId: string;
let snapshot: Snapshot;

beforeAll(async () => {
  program = await startProgram();
  admin = await program.admin();
  owner = await addActing(program);
  const input = { name: "Mine", type: "custom", version: "1", memoryMb: 128, acceptEula: true, wait: true } as const;
  const made = await owner.client.servers.create.mutate(input);
  serverId = "id" in made ? made.id : "";
  snapshot = await owner.client.snapshots.create.mutate({ serverId, resource: "server_full", wait: true });
  await owner.client.snapshots.pin.mutate({ snapshotId: snapshot.id, isPinned: true });
}, 60_000);
afterAll(() => program?.end());

/** What somebody may do with the snapshot, one call for each permission. It is pinned: deleting it is refused in the end. */
async function reachOf({ client, token }: Acting): Promise<Record<string, string>> {
  const snapshotId = snapshot.id;
  const download = await fetch(`${program.url}/api/snapshots/${snapshotId}/download?format=zip`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await download.body?.cancel();
  return {
    list: await outcomeOf(client.snapshots.list.query({ serverId })),
    browse: await outcomeOf(client.snapshots.browse.query({ snapshotId })),
    usage: await outcomeOf(client.snapshots.usage.query({ serverId })),
    schedule: await outcomeOf(client.snapshots.getSchedule.query({ serverId })),
    preview: await outcomeOf(client.snapshots.previewSchedule.query({ serverId, ...defaultSchedule })),
    create: await outcomeOf(client.snapshots.create.mutate({ serverId, resource: "server_full", wait: true })),
    verify: await outcomeOf(client.snapshots.verify.mutate({ snapshotId, wait: true })),
    restore: await outcomeOf(client.snapshots.restoreFiles.mutate({ snapshotId, paths: ["no-such"], wait: true })),
    undo: await outcomeOf(client.snapshots.undoRestore.mutate({ serverId, wait: true })),
    setSchedule: await outcomeOf(client.snapshots.setSchedule.mutate({ serverId, ...defaultSchedule })),
    delete: await outcomeOf(client.snapshots.delete.mutate({ snapshotId })),
    download: String(download.status),
  };
}

const sees = { list: "ok", browse: "ok", usage: "ok", schedule: "ok", preview: "ok" };
const lacks = "PERMISSION_MISSING";
const changes = ["create", "verify", "restore", "undo", "setSchedule", "delete"];
const nothingMore = { ...Object.fromEntries(changes.map((act) => [act, lacks])), download: "403" };
const everything = {
  ...sees,
  create: "ok",
  verify: "ok",
  restore: "PATH_NOT_FOUND",
  undo: "NOT_FOUND",
  setSchedule: "ok",
  delete: "SNAPSHOT_PINNED",
  download: "200",
};

it("an owner does all with the snapshots of their server, but for what an administrator denies", slowly, async () => {
  const all = await reachOf(owner);
  expect({ ...all, undo: "" }).toEqual({ ...everything, undo: "" });
  const denied: Permission[] = ["backups.restore", "backups.delete"];
  for (const permission of denied) await admin.users.denyPermission.mutate({ userId: owner.id, permission });
  expect(await reachOf(owner)).toEqual({ ...all, restore: lacks, undo: lacks, delete: lacks });
  for (const permission of denied) await admin.users.clearPermission.mutate({ userId: owner.id, permission });
});

it("a member with whom only looking is shared sees all and changes nothing", slowly, async () => {
  const guest = await addActing(program);
  const share = (permissions: Permission[]) =>
    owner.client.servers.setMember.mutate({ serverId, username: guest.username, permissions });
  await share(["backups.view"]);
  expect(await reachOf(guest)).toEqual({ ...sees, ...nothingMore });
  await share(["servers.start"]);
  expect(new Set(Object.values(await reachOf(guest)))).toEqual(new Set([lacks, "403"]));
});

it("somebody else finds none of it", slowly, async () => {
  const outcomes = new Set(Object.values(await reachOf(await addActing(program))));
  expect(outcomes).toEqual(new Set(["SERVER_NOT_FOUND", "SNAPSHOT_NOT_FOUND", "404"]));
});
