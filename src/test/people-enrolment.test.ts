import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { type Credentials, callProcedure, headersOf } from "./program-calls";
import { ageSessions, codeOf, forgetSteps, type SignedIn, signedIn } from "./program-factors";

const canary = "Canary Reef 4711";
let program: Program;
let who: SignedIn;
let serverId: string;

beforeAll(async () => {
  program = await startProgram({ env: { SINGLE_SESSION: "false" } });
  who = await signedIn(program, { role: "operator" });
  const created = await who.call("servers.create", {
    name: canary,
    type: "custom",
    version: "1",
    memoryMb: 128,
    acceptEula: true,
    wait: true,
  });
  serverId = (created.data as { id: string }).id;
});
afterAll(() => program?.end());

const askFactorOf = async (roles: ("operator" | "admin" | "user")[]) =>
  (await program.admin()).system.updateSettings.mutate({ secondFactorRoles: roles });
const ways = (): Credentials[] => [{ cookie: who.browser.cookie() }, { token: who.person.token }];
const codeAt = async (path: string, credentials: Credentials, input?: unknown) =>
  (await callProcedure(program.url, { path, type: "query", input, credentials })).error?.code ?? "ok";

/** Pages as a browser loads them, and as Next fetches them when one follows a link. */
async function pageTexts(): Promise<string[]> {
  const paths = ["/servers", `/servers/${serverId}`, `/servers/${serverId}/settings`, "/account", "/system"];
  const headers = { rsc: "1", "next-url": "/account" };
  const answers = await Promise.all(
    paths.flatMap((path) => [who.browser.fetch(path), who.browser.fetch(`${path}?_rsc=x`, { headers })]),
  );
  return Promise.all(answers.map((answer) => answer.text()));
}

async function openStream(credentials: Credentials): Promise<{ ended: Promise<void> }> {
  const response = await fetch(`${program.url}/api/trpc/servers.events`, { headers: headersOf(credentials) });
  const reader = response.body?.getReader();
  await reader?.read();
  const untilEnd = async () => {
    while (!(await reader?.read())?.done);
  };
  return { ended: untilEnd() };
}

const upload = (credentials: Credentials) =>
  fetch(`${program.url}/api/servers/${serverId}/files?path=server.jar`, {
    method: "PUT",
    headers: headersOf(credentials),
    body: "jar",
  });

it("who must set up a second factor reaches nothing but the account, until there is one", {
  timeout: 60_000,
}, async () => {
  expect((await pageTexts()).join()).toContain(canary);
  const streams = await Promise.all(ways().map(openStream));

  await askFactorOf(["operator"]);
  const cutOff = Promise.all(streams.map(({ ended }) => ended));
  expect(await Promise.race([cutOff.then(() => "ended"), delay(5000, "goes on", { ref: false })])).toBe("ended");
  for (const credentials of ways()) {
    // The second is answered from what was kept, for those who may have it.
    expect(await codeAt("servers.get", credentials, { serverId })).toBe("SECOND_FACTOR_REQUIRED");
    expect(await codeAt("servers.list", credentials)).toBe("SECOND_FACTOR_REQUIRED");
    expect(await codeAt("servers.events", credentials)).toBe("SECOND_FACTOR_REQUIRED");
    expect(await codeAt("users.list", credentials)).toBe("SECOND_FACTOR_REQUIRED");
    expect(await codeAt("auth.me", credentials)).toBe("ok");
    const refused = await upload(credentials);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error: { code: "SECOND_FACTOR_REQUIRED" } });
  }
  expect((await pageTexts()).filter((text) => text.includes(canary))).toEqual([]);

  await ageSessions(program.db, who.person);
  expect((await who.call("auth.totpBegin", {})).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  const begun = await who.call("auth.totpBegin", { password: "a passphrase of mine 1" });
  const { secret } = begun.data as { secret: string };
  expect((await who.call("auth.totpConfirm", { code: codeOf(secret) })).error).toBe(null);
  for (const credentials of ways()) {
    expect(await codeAt("servers.list", credentials)).toBe("ok");
    expect(await codeAt("servers.get", credentials, { serverId })).toBe("ok");
  }
  expect((await pageTexts()).join()).toContain(canary);

  await forgetSteps(program.db, who.person);
  const disabled = await who.call("auth.totpDisable", { password: "a passphrase of mine 1", code: codeOf(secret) });
  expect(disabled.error).toBe(null);
  for (const credentials of ways()) expect(await codeAt("servers.list", credentials)).toBe("SECOND_FACTOR_REQUIRED");

  await askFactorOf([]);
  for (const credentials of ways()) expect(await codeAt("servers.list", credentials)).toBe("ok");
});
