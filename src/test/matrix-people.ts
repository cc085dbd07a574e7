import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { hashToken } from "@/domains/auth/server/resolve-actor";
import { apiTokens, sessions } from "@/domains/auth/server/table";
import { serverMembers } from "@/domains/servers/server/table";
import { appSettings } from "@/domains/settings/server/table";
import { users } from "@/domains/users/server/table";
import { createClient } from "@/trpc/node-client";
import type { Caller, Ids } from "./procedures-table";
import { type Program, startProgram } from "./program";
import type { Credentials } from "./program-calls";
import { addPerson, addToken, type PersonOptions } from "./program-people";
import { openBrowser } from "./program-session";

/** Those of the callers who are persons with a browser; a page is for them alone. */
export const visitors = [
  "anonymous",
  "unapproved",
  "mustEnrol",
  "deactivated",
  "revokedSession",
  "other",
  "member",
  "ownerSession",
  "operator",
  "admin",
] as const satisfies readonly Caller[];
export type Visitor = (typeof visitors)[number];

export interface Matrix {
  program: Program;
  ids: Ids;
  credentials: Record<Caller, Credentials>;
  /** The same persons, each with a browser's cookies. */
  browsers: Record<Visitor, Credentials>;
  /** Names that only those may read who reach the thing at stake: the server, and the user `ids.userId`. */
  serverName: string;
  username: string;
}

const password = "a passphrase of mine 1";
const serverName = "At stake 4711";

/** The whole program with everybody who may come along, and with the things that they may be after. */
export async function openMatrix(): Promise<Matrix> {
  const program = await startProgram({ env: { SINGLE_SESSION: "false" } });
  const { db } = program;
  const add = (options: PersonOptions = {}) => addPerson(db, { password, ...options });
  const signIn = async ({ username }: { username: string }): Promise<Credentials> => {
    const browser = openBrowser(program.url);
    await browser.signIn({ username, password });
    return { cookie: browser.cookie() };
  };
  await db.insert(appSettings).values({ key: "settings", value: { secondFactorRoles: ["operator"] } });
  await program.stop();
  await program.start();

  const owner = await add();
  const [member, other, admin] = [await add(), await add(), await add({ role: "admin" })];
  const unapproved = await add({ isApproved: false });
  const [operator, mustEnrol] = [await add({ role: "operator" }), await add({ role: "operator" })];
  const deactivated = await add();
  const revokedSession = await signIn(owner);
  await db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.userId, owner.id));
  const browsers: Record<Visitor, Credentials> = {
    anonymous: {},
    unapproved: await signIn(unapproved),
    mustEnrol: await signIn(mustEnrol),
    deactivated: await signIn(deactivated),
    revokedSession,
    other: await signIn(other),
    member: await signIn(member),
    ownerSession: await signIn(owner),
    operator: await signIn(operator),
    admin: await signIn(admin),
  };
  await db.update(users).set({ hasTotp: true }).where(eq(users.id, operator.id));
  await db.update(users).set({ isActive: false }).where(eq(users.id, deactivated.id));

  const spoiled = async (values: Partial<typeof apiTokens.$inferInsert>) => {
    const token = await addToken(db, owner.id);
    await db
      .update(apiTokens)
      .set(values)
      .where(eq(apiTokens.hash, hashToken(token)));
    return { token };
  };
  const { token } = owner;
  const client = createClient({ url: program.url, token });
  const wanted = { name: serverName, type: "custom", version: "1", memoryMb: 128, acceptEula: true } as const;
  const created = await client.servers.create.mutate({ ...wanted, javaMajor: null, wait: true });
  const serverId = "id" in created ? created.id : "";
  const [job] = (await client.jobs.list.query({})).items;
  const snapshotId = (await client.snapshots.list.query({ serverId })).items[0]?.id ?? "";
  await client.snapshots.pin.mutate({ snapshotId, isPinned: true });
  const group = await client.groups.create.mutate({ name: "At stake", type: "whitelist" });
  await client.groups.attach.mutate({ groupId: group.id, serverId });
  const { id: userId, username } = await addPerson(db);
  await db.insert(serverMembers).values({
    serverId,
    userId: member.id,
    permissions: ["servers.start", "rcon.execute"],
    addedBy: owner.username,
  });
  const log = join(program.dataDir, "run", serverId);
  await mkdir(log, { recursive: true });
  await writeFile(join(log, "console.log"), "[00:00:00] [Server thread/INFO]: A line\n");

  const credentials: Record<Caller, Credentials> = {
    anonymous: {},
    bogusToken: { token: "mcsd_made-up" },
    unapproved: { token: unapproved.token },
    mustEnrol: { token: mustEnrol.token },
    deactivated: { token: deactivated.token },
    revokedToken: await spoiled({ revokedAt: new Date() }),
    expiredToken: await spoiled({ expiresAt: new Date(Date.now() - 1000) }),
    revokedSession,
    narrowToken: { token: await addToken(db, owner.id, ["servers.view"]) },
    other: { token: other.token },
    member: { token: member.token },
    owner: { token },
    ownerSession: browsers.ownerSession,
    operator: { token: operator.token },
    admin: { token: admin.token },
  };
  return {
    program,
    ids: { serverId, jobId: job?.id ?? "", snapshotId, groupId: group.id, userId },
    credentials,
    browsers,
    serverName,
    username,
  };
}

export function unknownIds(): Ids {
  const [serverId, jobId, snapshotId, groupId, userId] = Array.from({ length: 5 }, () => randomUUID());
  return { serverId, jobId, snapshotId, groupId, userId } as Ids;
}
