import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditChain, auditLog } from "@/domains/audit/server/table";
import { users } from "@/domains/users/server/table";
import { createClient } from "@/trpc/node-client";
import { createTestDatabase } from "./database";
import { listProcedures } from "./procedures-list";
import { type Ids, table } from "./procedures-table";
import { administrator, type Program, startProgram } from "./program";
import { projectRoot } from "./program-bundle";
import { type Credentials, callProcedure, headersOf } from "./program-calls";
import { mutate, trySignIn, withTotp } from "./program-factors";
import { addPerson, addToken } from "./program-people";
import { refresh, refreshCookie } from "./program-refresh";
import { addServer, findJvms, folderOf, untilState } from "./program-servers";
import { pages } from "./routes-table";

/** Every secret that is planted, by what it is. Each is looked for in everything that leaves the program. */
const secrets = new Map<string, string>();
const secretKey = "canary-of-the-secret-key-0123456789abcdef";
const databasePassword = "canary-of-the-database";
const password = "canary of a passphrase 41";

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let program: Program;
let ids: Ids;
/** Ids of the person whose secrets these are, and of a server that runs. */
let ownerId: string;
let runningId: string;
const callers = new Map<string, Credentials>();
/** Answers at the moment at which their secret was made. */
let handedOut: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const url = new URL(database.url);
  url.password ||= databasePassword;
  program = await startProgram({ env: { DATABASE_URL: url.href, SECRET_KEY: secretKey, SINGLE_SESSION: "false" } });
  const where = { url: program.url, db };

  const admin = await addPerson(db, { role: "admin", password });
  const owner = await withTotp(where, { role: "user" });
  ownerId = owner.person.id;
  const other = await addPerson(db);
  const { token } = owner.person;
  await owner.call("auth.setPreferences", { locale: "en" });

  const changed = await owner.call("auth.changePassword", {
    password: "a passphrase of mine 1",
    newPassword: password,
  });
  expect(changed.error).toBe(null);
  const [row] = await db.select().from(users).where(eq(users.id, ownerId));
  const browser = owner.browser;
  await browser.signIn({ username: owner.person.username, password, totp: owner.recoveryCodes[9] });
  const ownToken = await addToken(db, ownerId);
  const made = await owner.call("auth.createToken", { name: "canary", scopes: ["servers.view"] });
  const link = await mutate(program.url, "users.createResetLink", { userId: other.id }, { token: admin.token });
  const issued = await mutate(program.url, "auth.issueToken", { username: admin.username, password });

  handedOut = {
    "auth.createToken": made.text,
    "users.createResetLink": link.text,
    "auth.issueToken": issued.text,
  };

  const client = createClient({ url: program.url, token: ownToken });
  const running = await addServer(program, client);
  runningId = running.id;
  await client.servers.start.mutate({ serverId: runningId });
  await untilState(client, runningId, "running", 40_000);
  const properties = await readFile(folderOf(program, runningId, "server.properties"), "utf8");
  const created = await client.servers.create.mutate({
    ...{ name: "At stake", type: "custom", version: "1", memoryMb: 128, acceptEula: true, wait: true },
  } as const);
  const [job] = (await client.jobs.list.query({})).items;
  const serverId = "id" in created ? created.id : "";
  const snapshotId = (await client.snapshots.list.query({ serverId })).items[0]?.id ?? "";
  const { id: groupId } = await client.groups.create.mutate({ name: "At stake", type: "op" });
  ids = { serverId, jobId: job?.id ?? "", snapshotId, groupId, userId: other.id };

  plant("ADMIN_PASSWORD", administrator.password);
  plant("SECRET_KEY", secretKey);
  plant("password in DATABASE_URL", url.password);
  plant("password", password);
  plant("argon2 hash", row?.passwordHash);
  plant("seed of the authenticator app", owner.seed);
  plant("otpauth address", `secret=${owner.seed}`);
  for (const [index, code] of owner.recoveryCodes.entries()) plant(`recovery code ${index}`, code);
  plant("RCON password", /^rcon\.password=(.+)$/m.exec(properties)?.[1]);
  plant("API token", ownToken);
  plant("API token that was ended", token);
  plant("API token as made", (made.data as { token: string }).token);
  plant("API token as issued", (issued.data as { token: string }).token);
  plant("reset link", /secret=(.+)$/.exec((link.data as { path: string }).path)?.[1]);
  plant("refresh part before", refreshCookie(browser).split("=")[1]);
  expect((await refresh(browser)).status).toBe(200);
  plant("refresh part", refreshCookie(browser).split("=")[1]);
  plant("access part", /mcsd\.session=([^;]+)/.exec(browser.cookie())?.[1]);

  callers.set("administrator", { token: admin.token });
  callers.set("user", { token: ownToken });
  callers.set("browser of the user", { cookie: browser.cookie() });
  callers.set("nobody", {});
}, 120_000);

afterAll(async () => {
  await program?.end();
  await database?.drop();
});

function plant(what: string, secret: string | null | undefined): void {
  expect(secret?.length ?? 0, what).toBeGreaterThan(7);
  secrets.set(what, secret ?? "");
}

/** Which of the secrets a text holds, however it is encoded on its way. */
function find(where: string, text: string): string[] {
  return [...secrets].flatMap(([what, secret]) => {
    const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
    return forms.some((form) => text.includes(form)) ? [`${what} in ${where}`] : [];
  });
}

it("finds what is there: in the answers that hand a secret out, once and by design", () => {
  const found = Object.entries(handedOut).map(([path, text]) => find(path, text));
  expect(found).toEqual([
    ["API token as made in auth.createToken"],
    ["reset link in users.createResetLink"],
    ["API token as issued in auth.issueToken"],
  ]);
  expect(secrets.size).toBe(26);
});

it("types secrets where they do not belong", async () => {
  const where = { url: program.url, db: database.db };
  const person = { id: ownerId, username: password, token: "" };
  await trySignIn(where, person);
  await trySignIn(where, { ...person, username: administrator.username }, { password, totp: [...secrets.values()][7] });
  const { token } = callers.get("user") ?? {};
  for (const command of [`login ${password}`, `/authme register steve ${password}`]) {
    const input = { serverId: runningId, command };
    await callProcedure(program.url, { path: "console.command", type: "mutation", input, credentials: { token } });
  }
  const full = { secret: secrets.get("reset link"), newPassword: "short" };
  await mutate(program.url, "auth.resetPassword", full);
  await fetch(`${program.url}/no-such-page?secret=${secrets.get("reset link")}`);
  await fetch(`${program.url}/api/trpc/no.such?token=${token}`, { headers: headersOf({ token }) });
});

it("is in no answer of any procedure", { timeout: 240_000 }, async () => {
  const hits: string[] = [];
  let calls = 0;
  const good = new Map<string, number>();
  const call = async (
    name: string,
    path: string,
    type: ReturnType<typeof listProcedures>[number]["type"],
    input: unknown,
  ) => {
    const credentials = callers.get(name) ?? {};
    const answer = await callProcedure(program.url, { path, type, input, credentials, streamMs: 300 });
    calls++;
    if (answer.error === null) good.set(name, (good.get(name) ?? 0) + 1);
    const headers = [...answer.headers].filter(([header]) => header !== "set-cookie");
    hits.push(...find(`${path} as ${name}`, answer.text + JSON.stringify(headers)));
  };
  for (const name of callers.keys()) {
    for (const { path, type } of listProcedures()) {
      await call(name, path, type, table[path]?.input?.(ids));
      // What is read of the person themselves, and of the server that runs.
      if (type === "mutation") continue;
      const input = table[path]?.input?.({ ...ids, serverId: runningId, userId: ownerId });
      if (input) await call(name, path, type, input);
    }
  }
  console.log(`${secrets.size} secrets, ${calls} answers (good: ${JSON.stringify([...good])}), ${hits.length} hits`);
  // Most of what was asked was answered: refusals alone would prove nothing.
  expect(good.get("administrator")).toBeGreaterThan(50);
  expect(good.get("browser of the user")).toBeGreaterThan(30);
  expect(hits).toEqual([]);
});

it("is on no page and in nothing that browsers are sent", { timeout: 240_000 }, async () => {
  const hits: string[] = [];
  const wanted = Object.values(pages).flatMap((page) => [
    page.path({ ...ids, userId: ownerId, serverId: runningId }),
    page.path(ids),
  ]);
  for (const credentials of callers.values()) {
    for (const path of new Set(wanted)) {
      const response = await fetch(program.url + path, { headers: headersOf(credentials), redirect: "manual" });
      hits.push(...find(path, (await response.text()) + (response.headers.get("location") ?? "")));
    }
  }
  const folder = join(projectRoot, ".next", "static");
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  let bytes = 0;
  for (const file of files.filter((entry) => entry.isFile())) {
    const text = await readFile(join(file.parentPath, file.name), "latin1");
    bytes += text.length;
    hits.push(...find(file.name, text));
  }
  console.log(
    `${wanted.length} pages for ${callers.size}, ${files.length} files (${bytes} bytes): ${hits.length} hits`,
  );
  expect(bytes).toBeGreaterThan(100_000);
  expect(hits).toEqual([]);
});

it("is in no row of the audit log, nor in its exports", async () => {
  const { db } = database;
  const rows = await db.select().from(auditLog).orderBy(asc(auditLog.id));
  const chain = await db.select().from(auditChain);
  const text = (value: unknown) => JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part));
  const hits = [...find("audit_log", text(rows)), ...find("audit_chain", text(chain))];
  const actions = new Set(rows.map(({ action }) => action));
  for (const action of ["auth.changePassword", "auth.totpConfirm", "auth.createToken", "users.createResetLink"])
    expect(actions).toContain(action);
  expect(rows.filter(({ action }) => action === "console.command").length).toBeGreaterThan(1);
  for (const format of ["csv", "jsonl"]) {
    const headers = headersOf(callers.get("administrator") ?? {});
    const response = await fetch(`${program.url}/api/audit/export?format=${format}`, { headers });
    const exported = await response.text();
    expect(exported).toContain("users.createResetLink");
    hits.push(...find(format, exported));
  }
  console.log(`${rows.length} audit rows: ${hits.length} hits`);
  expect(hits).toEqual([]);
});

it("is in nothing that the program prints, nor in the arguments or the environment of servers", async () => {
  const hits = find("the program's output", program.logs());
  hits.push(...find("the program's arguments", await readFile(`/proc/${program.pid}/cmdline`, "latin1")));
  const jvms = await findJvms(program, runningId);
  expect(jvms.length).toBeGreaterThan(0);
  for (const pid of jvms) {
    const [cmdline, environ] = await Promise.all(
      ["cmdline", "environ"].map((name) => readFile(`/proc/${pid}/${name}`, "latin1")),
    );
    expect(cmdline).toContain("-jar");
    hits.push(...find(`arguments of ${pid}`, cmdline ?? ""), ...find(`environment of ${pid}`, environ ?? ""));
  }
  console.log(`${program.logs().length} characters of output, ${jvms.length} JVMs: ${hits.length} hits`);
  expect(hits).toEqual([]);
});
