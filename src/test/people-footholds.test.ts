import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { endAccess } from "@/domains/auth/server/end-access";
import { apiTokens, passkeys } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import { type Program, startProgram } from "./program";
import type { Answer } from "./program-calls";
import { codeOf, mutate, type SignedIn, signedIn } from "./program-factors";
import { addActing, outcomeOf } from "./program-outcomes";
import { beginCreation } from "./program-passkeys";
import { until } from "./program-until";
import { SoftwareAuthenticator } from "./software-authenticator";

let program: Program;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());

const waitingForRows = async () => {
  const [row] = await program.db.execute<{ count: number }>(
    sql`select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return row?.count ?? 0;
};

/** The call, answered only after everything open of the person's has been ended by a new password. */
async function lateCall(who: SignedIn, path: string, input: unknown): Promise<Answer> {
  const { id } = who.person;
  let answer: Promise<Answer> | undefined;
  await program.db.transaction(async (tx) => {
    await tx.update(users).set({ passwordHash: "changed" }).where(eq(users.id, id));
    answer = who.call(path, input);
    await until(async () => (await waitingForRows()) > 0, "the call waits for the account's row");
    await endAccess(tx, id, { now: new Date(), reason: "password" });
  });
  if (!answer) throw new Error("nothing was called");
  return answer;
}

it("leaves nothing behind that opens the account when a call was under way while the password changed", {
  timeout: 120_000,
}, async () => {
  const maker = await signedIn(program);
  const made = await lateCall(maker, "auth.createToken", { name: "foothold" });
  expect(made.error?.code).toBe("SIGN_IN_REQUIRED");
  expect(await program.db.$count(apiTokens, eq(apiTokens.name, "foothold"))).toBe(0);

  const beginner = await signedIn(program);
  expect((await lateCall(beginner, "auth.totpBegin", {})).error?.code).toBe("SIGN_IN_REQUIRED");

  const confirmer = await signedIn(program);
  const { secret } = (await confirmer.call("auth.totpBegin", {})).data as { secret: string };
  expect((await lateCall(confirmer, "auth.totpConfirm", { code: codeOf(secret) })).error?.code).toBe(
    "SIGN_IN_REQUIRED",
  );
  const [row] = await program.db.select().from(users).where(eq(users.id, confirmer.person.id));
  expect(row?.hasTotp).toBe(false);

  const adder = await signedIn(program);
  const { challengeId, options } = await beginCreation(adder);
  const response = new SoftwareAuthenticator(program.url).create(options);
  const added = await lateCall(adder, "auth.passkeyFinish", { challengeId, name: "Foothold", response });
  expect(added.error?.code).toBe("SIGN_IN_REQUIRED");
  expect(await program.db.$count(passkeys, eq(passkeys.userId, adder.person.id))).toBe(0);
});

it("does not hand servers over for somebody who may delete accounts but does not reach the servers", async () => {
  const owner = await addActing(program);
  const created = await owner.client.servers.create.mutate({
    ...{ name: "Coveted", type: "custom", version: "1", memoryMb: 128, acceptEula: true, wait: true },
  } as const);
  const serverId = "id" in created ? created.id : "";
  const taker = await addActing(program, { granted: ["users.delete"] });
  const take = taker.client.users.delete.mutate({
    userId: owner.id,
    confirm: owner.username,
    servers: { action: "transfer", toUserId: taker.id },
  });
  expect(await outcomeOf(take)).toBe("PERMISSION_MISSING");
  expect(await outcomeOf(taker.client.servers.get.query({ serverId }))).toBe("SERVER_NOT_FOUND");
  expect((await owner.client.servers.get.query({ serverId })).ownerId).toBe(owner.id);
});

it("writes down who was refused in the middle of several, once each", async () => {
  const approver = await addActing(program, { granted: ["users.view", "users.approve"] });
  const wanted = [
    await addActing(program, { role: "admin", isApproved: false }),
    await addActing(program, { isApproved: false }),
    await addActing(program, { role: "operator", isApproved: false }),
  ];
  const { results } = await approver.client.users.approveMany.mutate({ userIds: wanted.map(({ id }) => id) });
  expect(results.map(({ code }) => code)).toEqual(["PERMISSION_NOT_HELD", null, "PERMISSION_NOT_HELD"]);
  const rows = await program.db.select().from(auditLog).where(eq(auditLog.actorId, approver.id)).orderBy(auditLog.id);
  expect(rows.map(({ action, result, details }) => [action, result, details.code ?? null])).toEqual([
    ["users.approve", "refused", "PERMISSION_NOT_HELD"],
    ["users.approve", "ok", null],
    ["users.approve", "refused", "PERMISSION_NOT_HELD"],
  ]);
});

it("hashes no passwords for strangers who try to set it up", { timeout: 60_000 }, async () => {
  const input = (index: number) => ({
    secret: "x",
    username: `stranger-${index}`,
    password: `a long passphrase ${index}`,
  });
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => mutate(program.url, "auth.setup", input(index))),
  );
  const tried = performance.now() - started;
  expect(new Set(answers.map(({ error }) => error?.code))).toEqual(new Set(["SETUP_DONE"]));
  const signedInAt = performance.now();
  const names = Array.from({ length: 40 }, (_, index) => ({
    username: `nobody-${index}`,
    password: "wrong password 1",
  }));
  await Promise.all(names.map((given) => mutate(program.url, "auth.issueToken", given)));
  const checked = performance.now() - signedInAt;
  console.log(`200 set-ups in ${Math.round(tried)} ms, 40 passwords checked in ${Math.round(checked)} ms`);
  // Five times as many: with a hash each they would take five times as long.
  expect(tried).toBeLessThan(checked * 2);
});
