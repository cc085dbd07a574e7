import { inspect } from "node:util";
import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { recoveryCodes, sessions, userTotp } from "@/domains/auth/server/table";
import { users } from "@/domains/users/server/table";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import {
  ageSessions,
  codeOf,
  forgetSteps,
  issueToken,
  mutate,
  password,
  signedIn,
  trySignIn,
  withTotp,
  wrongCodeOf,
} from "./program-factors";
import { addToken } from "./program-people";
import { openBrowser } from "./program-session";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ env: { SINGLE_SESSION: "false" } });
});
afterAll(() => program?.end());

const me = async (token: string) =>
  (await callProcedure(program.url, { path: "auth.me", type: "query", credentials: { token } })).data as {
    hasTotp: boolean;
    recoveryCodesLeft: number;
  };

it("asks for a code only once the first one was right, and hands out ten recovery codes then", async () => {
  const { person, call } = await signedIn(program);
  const begun = (await call("auth.totpBegin", {})).data as { secret: string; uri: string };
  expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(Object.fromEntries(new URL(begun.uri).searchParams)).toMatchObject({ issuer: "mcsd", secret: begun.secret });
  expect(begun.uri).toMatch(/^otpauth:\/\/totp\//);
  expect((await trySignIn(program, person)).error).toBe(null);

  expect((await call("auth.totpConfirm", { code: wrongCodeOf(begun.secret) })).error?.code).toBe("CODE_WRONG");
  expect((await trySignIn(program, person)).error).toBe(null);
  expect(await me(person.token)).toMatchObject({ hasTotp: false, recoveryCodesLeft: 0 });

  const code = codeOf(begun.secret);
  const confirmed = (await call("auth.totpConfirm", { code: `${code.slice(0, 3)} ${code.slice(3)}` })).data;
  const { recoveryCodes: codes } = confirmed as { recoveryCodes: string[] };
  expect(new Set(codes).size).toBe(10);
  expect(codes.every((given) => /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/.test(given))).toBe(true);
  expect(await me(person.token)).toMatchObject({ hasTotp: true, recoveryCodesLeft: 10 });
  expect((await trySignIn(program, person)).error).toBe("TOTP_REQUIRED");
  expect((await call("auth.totpBegin", {})).error?.code).toBe("TOTP_ALREADY_ON");
  expect((await call("auth.totpConfirm", { code: codeOf(begun.secret, 1) })).error?.code).toBe("TOTP_ALREADY_ON");

  // The code that confirmed it opens nothing any more.
  expect((await trySignIn(program, person, { totp: code })).error).toBe("TOTP_INVALID");
  const next = openBrowser(program.url);
  expect((await next.signIn({ username: person.username, password, totp: codeOf(begun.secret, 1) })).error).toBe(null);
  const [latest] = await program.db
    .select()
    .from(sessions)
    .where(eq(sessions.userId, person.id))
    .orderBy(desc(sessions.createdAt))
    .limit(1);
  expect(latest?.signedInWith).toBe("totp");
});

it("keeps seeds sealed and recovery codes as hashes, and neither in the audit log or the program's log", async () => {
  const { person, seed, recoveryCodes: codes } = await withTotp(program);
  await trySignIn(program, person, { totp: wrongCodeOf(seed) });
  await trySignIn(program, person, { totp: codes[0] });
  const rows = inspect(
    [
      await program.db.select().from(userTotp),
      await program.db.select().from(recoveryCodes),
      await program.db.select().from(auditLog),
    ],
    { depth: null, maxArrayLength: null, maxStringLength: null },
  );
  for (const secret of [seed, ...codes, ...codes.map((code) => code.replaceAll("-", ""))]) {
    expect(rows).not.toContain(secret);
    expect(program.logs()).not.toContain(secret);
  }
  const [row] = await program.db.select().from(userTotp).where(eq(userTotp.userId, person.id));
  expect(row).toMatchObject({ secret: expect.stringMatching(/^v1\./), pending: null });
});

it("a seed that is copied to another account's row opens nothing", async () => {
  const one = await withTotp(program);
  const other = await withTotp(program);
  const [row] = await program.db.select().from(userTotp).where(eq(userTotp.userId, one.person.id));
  await program.db.update(userTotp).set({ secret: row?.secret }).where(eq(userTotp.userId, other.person.id));
  expect((await trySignIn(program, other.person, { totp: codeOf(one.seed) })).error).toBe("TOTP_INVALID");
  // Whoever's seed cannot be opened still has the recovery codes.
  expect((await trySignIn(program, other.person, { totp: other.recoveryCodes[0] })).error).toBe(null);
});

it("asks for the password again before anything changes, unless the sign-in is fresh", async () => {
  const { person, seed, call } = await withTotp(program);
  await ageSessions(program.db, person);
  const code = codeOf(seed);
  expect((await call("auth.totpDisable", { code })).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  expect((await call("auth.newRecoveryCodes", { code })).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  expect((await call("auth.passkeyBegin", {})).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  expect((await call("auth.newRecoveryCodes", { code, password: "wrong" })).error?.code).toBe("PASSWORD_WRONG");
  expect((await call("auth.newRecoveryCodes", { code, password })).error).toBe(null);
  const rows = await program.db.select().from(auditLog).where(eq(auditLog.actorId, person.id));
  expect(rows.filter(({ action, result }) => action === "auth.proof" && result === "refused")).toHaveLength(1);

  // A token of a script has given no password, unless it was issued for one.
  const script = await addToken(program.db, person.id);
  const begin = (token: string) => mutate(program.url, "auth.passkeyBegin", {}, { token });
  expect((await begin(script)).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  await forgetSteps(program.db, person);
  const issued = (await issueToken(program, person, { totp: codeOf(seed) })).data as { token: string };
  expect((await begin(issued.token)).error).toBe(null);
});

it("new recovery codes void the old; a code takes the app away, and a wrong one does not", async () => {
  const { person, seed, recoveryCodes: old, call } = await withTotp(program);
  const renewed = (await call("auth.newRecoveryCodes", { code: old[0] })).data as { recoveryCodes: string[] };
  expect(renewed.recoveryCodes.filter((code) => old.includes(code))).toEqual([]);
  expect((await call("auth.totpDisable", { code: old[1] })).error?.code).toBe("CODE_WRONG");
  expect((await call("auth.totpDisable", { code: wrongCodeOf(seed) })).error?.code).toBe("CODE_WRONG");
  expect((await trySignIn(program, person)).error).toBe("TOTP_REQUIRED");

  expect((await call("auth.totpDisable", { code: renewed.recoveryCodes[0]?.toUpperCase() })).error).toBe(null);
  expect((await trySignIn(program, person)).error).toBe(null);
  expect(await me(person.token)).toMatchObject({ hasTotp: false, recoveryCodesLeft: 0 });
  expect(await program.db.$count(recoveryCodes, eq(recoveryCodes.userId, person.id))).toBe(0);
  expect(await program.db.$count(userTotp, eq(userTotp.userId, person.id))).toBe(0);
  expect((await call("auth.totpDisable", { code: codeOf(seed) })).error?.code).toBe("TOTP_NOT_ON");
  const rows = await program.db.select().from(auditLog).where(eq(auditLog.actorId, person.id)).orderBy(auditLog.id);
  expect(rows.map(({ action, result }) => `${action} ${result}`)).toEqual([
    "auth.signIn ok",
    "auth.totpBegin ok",
    "auth.totpConfirm ok",
    "auth.newRecoveryCodes ok",
    "auth.code refused",
    "auth.code refused",
    "auth.totpDisable ok",
    "auth.signIn ok",
  ]);
});

it("of fifty confirmations at once one hands out recovery codes, and those are good", {
  timeout: 120_000,
}, async () => {
  const { person, call } = await signedIn(program);
  const { secret } = (await call("auth.totpBegin", {})).data as { secret: string };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => call("auth.totpConfirm", { code: codeOf(secret) })),
  );
  const right = answers.filter(({ error }) => error === null);
  expect(right).toHaveLength(1);
  const { recoveryCodes: codes = [] } = (right[0]?.data ?? {}) as { recoveryCodes?: string[] };
  expect((await trySignIn(program, person, { totp: codes[9] })).error).toBe(null);
});

it("an administrator takes lost factors away, which ends the sessions; nobody does it to more than themselves", async () => {
  const { person, browser } = await withTotp(program);
  const admin = await program.admin();
  const reset = await admin.users.resetSecondFactor.mutate({ userId: person.id });
  expect(reset).toMatchObject({ id: person.id, hasTotp: false, hasPasskey: false });
  const after = await callProcedure(program.url, {
    path: "auth.me",
    type: "query",
    credentials: { cookie: browser.cookie() },
  });
  expect(after.error?.code).toBe("SIGN_IN_REQUIRED");
  expect((await trySignIn(program, person)).error).toBe(null);

  const boss = await withTotp(program, { role: "admin" });
  const deputy = await signedIn(program, { role: "user" });
  await program.db
    .update(users)
    .set({ granted: ["users.update"] })
    .where(eq(users.id, deputy.person.id));
  const tried = await deputy.call("users.resetSecondFactor", { userId: boss.person.id });
  expect(tried.error?.code).toBe("TARGET_OUTRANKS");
  expect((await trySignIn(program, boss.person)).error).toBe("TOTP_REQUIRED");
});
