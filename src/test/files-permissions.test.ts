import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Permission } from "@/domains/auth/permissions";
import { type Client, createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { type Acting, addActing, outcomeOf } from "./program-outcomes";
import { addToken } from "./program-people";
import { folderOf } from "./program-servers";

const filePermissions = ["files.view", "files.edit", "files.upload", "files.download", "files.delete"] as const;

let program: Program;
let owner: Acting;
let serverId: string;

beforeAll(async () => {
  program = await startProgram();
  owner = await addActing(program);
  const input = { type: "custom", version: "1", memoryMb: 128, acceptEula: false, wait: true } as const;
  const created = await owner.client.servers.create.mutate({ ...input, name: "Files" });
  serverId = "id" in created ? created.id : "";
}, 60_000);
afterAll(() => program?.end());

/** What needs which permission, with what it answers to somebody who holds it. */
const operations: Record<string, { needs: Permission; call(client: Client, token: string): Promise<string> }> = {
  list: { needs: "files.view", call: (c) => outcomeOf(c.files.list.query({ serverId })) },
  stat: { needs: "files.view", call: (c) => outcomeOf(c.files.stat.query({ serverId, path: "a.txt" })) },
  read: { needs: "files.view", call: (c) => outcomeOf(c.files.read.query({ serverId, path: "a.txt" })) },
  measure: { needs: "files.view", call: (c) => outcomeOf(c.files.measure.query({ serverId, path: "" })) },
  search: { needs: "files.view", call: (c) => outcomeOf(c.files.search.query({ serverId, text: "a" })) },
  history: { needs: "files.view", call: (c) => outcomeOf(c.files.history.query({ serverId, path: "a.txt" })) },
  trash: { needs: "files.view", call: (c) => outcomeOf(c.files.trash.query({ serverId })) },
  write: {
    needs: "files.edit",
    call: (c) => outcomeOf(c.files.write.mutate({ serverId, path: "a.txt", content: "text" })),
  },
  createFolder: {
    needs: "files.edit",
    call: (c) => outcomeOf(c.files.createFolder.mutate({ serverId, path: `f-${crypto.randomUUID()}` })),
  },
  moveMany: {
    needs: "files.edit",
    call: (c) => outcomeOf(c.files.moveMany.mutate({ serverId, paths: ["no.txt"], to: "x" })),
  },
  copy: {
    needs: "files.edit",
    call: (c) => outcomeOf(c.files.copy.mutate({ serverId, path: "a.txt", to: `c-${crypto.randomUUID()}` })),
  },
  deleteMany: {
    needs: "files.delete",
    call: (c) => outcomeOf(c.files.deleteMany.mutate({ serverId, paths: ["no.txt"] })),
  },
  emptyTrash: { needs: "files.delete", call: (c) => outcomeOf(c.files.emptyTrash.mutate({ serverId })) },
  upload: {
    needs: "files.upload",
    call: (_, token) => bytes("PUT", token, `u-${crypto.randomUUID()}.txt`, "uploaded"),
  },
  download: { needs: "files.download", call: (_, token) => bytes("GET", token, "a.txt") },
};

async function bytes(method: string, token: string, path: string, body?: string): Promise<string> {
  const response = await fetch(`${program.url}/api/servers/${serverId}/files?path=${path}`, {
    method,
    body,
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return response.ok ? "ok" : JSON.parse(text).error.code;
}

async function outcomes(client: Client, token: string): Promise<Record<string, string>> {
  writeFileSync(folderOf(program, serverId, "a.txt"), "text");
  const found: Record<string, string> = {};
  for (const [name, { call }] of Object.entries(operations)) found[name] = await call(client, token);
  return found;
}

const expected = (held: Permission) =>
  Object.fromEntries(
    Object.entries(operations).map(([name, { needs }]) => [name, needs === held ? "ok" : "PERMISSION_MISSING"]),
  );

it.each(filePermissions)("%s alone opens what it is for and nothing else, on one's own server", async (permission) => {
  const token = await addToken(program.db, owner.id, ["servers.view", permission]);
  expect(await outcomes(createClient({ url: program.url, token }), token)).toEqual(expected(permission));
});

it.each(filePermissions)("%s alone, shared by the owner, opens what it is for and nothing else", async (permission) => {
  const guest = await addActing(program);
  await owner.client.servers.setMember.mutate({ serverId, username: guest.username, permissions: [permission] });
  const found = await outcomes(guest.client, guest.token);
  expect(found).toEqual(expected(permission));
});

it("is nobody's without any of them, and does not exist for strangers", async () => {
  const stranger = await addActing(program);
  const found = await outcomes(stranger.client, stranger.token);
  expect(new Set(Object.values(found))).toEqual(new Set(["SERVER_NOT_FOUND"]));
});
