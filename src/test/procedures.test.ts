import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hashToken } from "@/domains/auth/server/resolve-actor";
import { apiTokens, sessions } from "@/domains/auth/server/table";
import { serverMembers } from "@/domains/servers/server/table";
import { appSettings } from "@/domains/settings/server/table";
import { users } from "@/domains/users/server/table";
import { errorCodes, errorStatus } from "@/lib/error-codes";
import { createClient } from "@/trpc/node-client";
import { listProcedures } from "./procedures-list";
import { type Caller, callers, type Ids, outcomeOf, type Row, table } from "./procedures-table";
import { type Program, startProgram } from "./program";
import { type Credentials, callProcedure, type ProcedureType } from "./program-calls";
import { addPerson, addToken } from "./program-people";
import { openBrowser } from "./program-session";

const procedures = listProcedures();
let program: Program;
let ids: Ids;
let credentials: Record<Caller, Credentials>;

beforeAll(async () => {
  program = await startProgram({ env: { SINGLE_SESSION: "false" } });
  const { db } = program;
  const password = "a passphrase of mine 1";
  const owner = await addPerson(db, { password });
  const person = async (options: Parameters<typeof addPerson>[1]) => ({ token: (await addPerson(db, options)).token });
  const revoked = await addToken(db, owner.id);
  await db
    .update(apiTokens)
    .set({ revokedAt: new Date() })
    .where(eq(apiTokens.hash, hashToken(revoked)));
  const expired = await addToken(db, owner.id);
  await db
    .update(apiTokens)
    .set({ expiresAt: new Date(Date.now() - 1000) })
    .where(eq(apiTokens.hash, hashToken(expired)));
  await db.insert(appSettings).values({ key: "settings", value: { secondFactorRoles: ["operator"] } });
  await program.stop();
  await program.start();
  const gone = await signIn(owner.username, password);
  await db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.userId, owner.id));
  const member = await addPerson(db);
  const operator = await addPerson(db, { role: "operator" });
  await db.update(users).set({ hasTotp: true }).where(eq(users.id, operator.id));
  const deactivated = await addPerson(db);
  await db.update(users).set({ isActive: false }).where(eq(users.id, deactivated.id));
  credentials = {
    anonymous: {},
    bogusToken: { token: "mcsd_made-up" },
    unapproved: await person({ isApproved: false }),
    mustEnrol: await person({ role: "operator" }),
    deactivated: { token: deactivated.token },
    revokedToken: { token: revoked },
    expiredToken: { token: expired },
    revokedSession: { cookie: gone },
    narrowToken: { token: await addToken(db, owner.id, ["servers.view"]) },
    other: await person({}),
    member: { token: member.token },
    owner: { token: owner.token },
    ownerSession: { cookie: await signIn(owner.username, password) },
    operator: { token: operator.token },
    admin: await person({ role: "admin" }),
  };
  const client = createClient({ url: program.url, token: owner.token });
  const created = await client.servers.create.mutate({
    name: "At stake",
    type: "custom",
    version: "1",
    javaMajor: null,
    memoryMb: 128,
    acceptEula: true,
    wait: true,
  });
  const [job] = (await client.jobs.list.query({})).items;
  ids = {
    serverId: "id" in created ? created.id : "",
    jobId: job?.id ?? "",
    userId: (await addPerson(db)).id,
  };
  await db.insert(serverMembers).values({
    serverId: ids.serverId,
    userId: member.id,
    permissions: ["servers.start", "rcon.execute"],
    addedBy: owner.username,
  });
  await mkdir(join(program.dataDir, "run", ids.serverId), { recursive: true });
  await writeFile(
    join(program.dataDir, "run", ids.serverId, "console.log"),
    "[00:00:00] [Server thread/INFO]: A line\n",
  );
});
afterAll(() => program?.end());

async function signIn(username: string, password: string): Promise<string> {
  const browser = openBrowser(program.url);
  await browser.signIn({ username, password });
  return browser.cookie();
}

it("has a row for every procedure and none too many", () => {
  expect(Object.keys(table).sort()).toEqual(procedures.map(({ path }) => path).sort());
});

it("lets everybody do what they may and nothing else", { timeout: 60_000 }, async () => {
  const unexpected: string[] = [];
  let calls = 0;
  const check = async (path: string, type: ProcedureType, isReal: boolean, caller: Caller) => {
    const row = table[path] ?? {};
    const input = row.input?.(isReal ? ids : unknownIds());
    const { status, error } = await callProcedure(program.url, { path, type, input, credentials: credentials[caller] });
    const wanted = outcomeOf(isReal ? row : whenMissing(row), caller);
    const got = error?.code ?? "ok";
    const wantedStatus = error ? errorStatus[errorCodes[error.code]] : 200;
    calls++;
    if (got === wanted && status === wantedStatus) return;
    unexpected.push(
      `${path} as ${caller}, ${isReal ? "real" : "unknown"} id: ${status} ${got}, not ${wantedStatus} ${wanted}`,
    );
  };
  for (const { path, type } of procedures) {
    for (const isReal of table[path]?.missing ? [true, false] : [true]) {
      // One change at a time: the server's lock would refuse all others.
      if (type === "mutation") for (const caller of callers) await check(path, type, isReal, caller);
      else await Promise.all(callers.map((caller) => check(path, type, isReal, caller)));
    }
  }
  console.log(
    `${procedures.length} procedures, ${callers.length} callers: ${calls} calls, ${unexpected.length} unexpected`,
  );
  expect(unexpected).toEqual([]);
});

function unknownIds(): Ids {
  return { serverId: randomUUID(), jobId: randomUUID(), userId: randomUUID() };
}

/** Who would get through to a real one is told that there is none; who would not hears the same as always. */
function whenMissing(row: Row): Row {
  const { except = {}, exceptMissing, missing } = row;
  const others = Object.entries(except).map(([caller, outcome]) => [caller, outcome === "ok" ? missing : outcome]);
  return { ...row, passes: missing, shared: undefined, except: { ...Object.fromEntries(others), ...exceptMissing } };
}
