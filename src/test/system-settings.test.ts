import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { defaultAppSettings } from "@/domains/settings/contract";
import { noLimits } from "@/domains/users/contract";
import { type Client, createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { addPerson } from "./program-people";
import { openBrowser } from "./program-session";

let program: Program;
let admin: Client;

beforeAll(async () => {
  program = await startProgram();
});
afterAll(() => program?.end());
beforeEach(async () => {
  const { token } = await addPerson(program.db, { role: "admin" });
  admin = createClient({ url: program.url, token });
  await admin.system.updateSettings.mutate(defaultAppSettings);
});

it("have their defaults, are changed one by one, and outlive a restart", async () => {
  expect(await admin.system.settings.query()).toEqual(defaultAppSettings);
  expect(await admin.system.limits.query()).toEqual(noLimits);
  await admin.system.updateSettings.mutate({ auditRetentionDays: null });
  await admin.system.setLimits.mutate({ maxServers: 5 });
  await program.kill9();
  await program.start();
  expect(await admin.system.settings.query()).toEqual({ ...defaultAppSettings, auditRetentionDays: null });
  expect(await admin.system.limits.query()).toEqual({ ...noLimits, maxServers: 5 });
});

it("that are changed at the same moment are all kept", async () => {
  const changes = [
    { registrationEnabled: false },
    { auditRetentionDays: 77 },
    { secondFactorRoles: ["operator" as const] },
  ];
  await Promise.all(changes.map((change) => admin.system.updateSettings.mutate(change)));
  expect(await admin.system.settings.query()).toEqual({
    ...defaultAppSettings,
    registrationEnabled: false,
    auditRetentionDays: 77,
    secondFactorRoles: ["operator"],
  });
});

it("are in the audit log as they were and as they are", async () => {
  await admin.system.updateSettings.mutate({ auditRetentionDays: 30 });
  const rows = (await program.db.select().from(auditLog)).filter(({ action }) => action === "system.updateSettings");
  expect(rows.at(-1)?.details).toEqual({ before: { auditRetentionDays: 365 }, after: { auditRetentionDays: 30 } });
});

it("close the register page's procedure at once", async () => {
  const register = (username: string) =>
    callProcedure(program.url, {
      path: "auth.register",
      type: "mutation",
      input: { username, password: "a passphrase of mine 1" },
    });
  expect((await register("before")).status).toBe(200);
  await admin.system.updateSettings.mutate({ registrationEnabled: false });
  expect((await register("after")).error?.code).toBe("REGISTRATION_CLOSED");
});

it("refuse intervals in the wrong order", async () => {
  await admin.system.setLimits.mutate({ minBackupIntervalHours: 5, maxBackupIntervalHours: 10 });
  await expect(admin.system.setLimits.mutate({ minBackupIntervalHours: 11 })).rejects.toMatchObject({
    data: { error: { code: "VALIDATION_FAILED" } },
  });
  expect(await admin.system.limits.query()).toMatchObject({ minBackupIntervalHours: 5, maxBackupIntervalHours: 10 });
  await admin.system.setLimits.mutate(noLimits);
});

it("ask for a second factor from the next call on, and leave the way to set one up open", async () => {
  const password = "a passphrase of mine 1";
  const person = await addPerson(program.db, { role: "admin", password });
  const browser = openBrowser(program.url);
  await browser.signIn({ username: person.username, password });
  const credentials = { cookie: browser.cookie() };
  const call = (path: string, type: "query" | "mutation" = "query") =>
    callProcedure(program.url, { path, type, input: type === "mutation" ? {} : undefined, credentials });
  expect((await call("servers.list")).status).toBe(200);
  // By one who has no second factor either: every administrator is asked now.
  await admin.system.updateSettings.mutate({ secondFactorRoles: ["admin"] });
  for (const path of ["servers.list", "system.settings", "users.list"])
    expect((await call(path)).error?.code).toBe("SECOND_FACTOR_REQUIRED");
  expect((await call("auth.me")).data).toMatchObject({ mustEnrol: true });
  expect((await call("auth.totpBegin", "mutation")).status).toBe(200);
  const page = await browser.fetch("/account");
  const place = page.headers.get("location") ?? "/account";
  expect(place).toMatch(/^\/account/);
  const { db } = program;
  await db.execute(
    `update app_settings set value = jsonb_set(value, '{secondFactorRoles}', '[]') where key = 'settings'`,
  );
  await program.kill9();
  await program.start();
});
