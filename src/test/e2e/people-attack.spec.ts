// Longer than 250 lines because both tests look at one set of planted texts, which takes a while to make.
import { type BrowserContext, expect, type Page } from "@playwright/test";
import { eq, ne } from "drizzle-orm";
import type { Permission } from "@/domains/auth/permissions";
import { apiTokens, passkeys, sessions } from "@/domains/auth/server/table";
import { serverMembers } from "@/domains/servers/server/table";
import { users } from "@/domains/users/server/table";
import { openEmbedded } from "../program-database";
import type { App } from "./app-fixture";
import { test } from "./app-fixture";
import { foreignAddresses, isLong, payloads } from "./attack-payloads";
import { type Administer, answer, founder, password, setUpFounder, signIn } from "./people-account";

// More sign-ins and calls in a minute than one person makes; and a sign-in does not end the sessions that are looked at.
test.use({
  programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6000", SINGLE_SESSION: "false" },
});
test.setTimeout(600_000);

interface Planted {
  /** A running server whose texts, console and members are all payloads. */
  serverId: string;
  /** A user whose name, sessions and tokens are payloads. */
  userId: string;
}

let administer: Administer;
let planted: Planted;

test.beforeAll(async ({ app }) => {
  test.setTimeout(300_000);
  administer = await setUpFounder(app);
  planted = await plant(app);
});

/** Every payload into every text that somebody can write; what the API refuses goes into the database as if it had been let in. */
async function plant(app: App): Promise<Planted> {
  const make = async (index: number, type: "custom" | "vanilla") => {
    const text = payloads[index] ?? "";
    const input = {
      ...{ name: text, description: payloads.slice(index, index + 5).join(" "), type, memoryMb: 128, wait: true },
      ...{ version: type === "custom" ? "1" : "1.20.4", acceptEula: true, properties: { motd: text } },
      tags: payloads.filter((payload) => payload.length <= 30).slice(index % 10, (index % 10) + 5),
      jvmArgs: ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
    };
    return ((await administer("servers.create", input)) as { id: string }).id;
  };
  const serverId = await make(3, "vanilla");
  for (const index of payloads.keys()) if (index !== 3) await make(index, "custom");
  for (const name of payloads) await administer("auth.createToken", { name, scopes: ["servers.view"] });

  const db = await openEmbedded(app.dataDir);
  // Who differs from the role has a column in the matrix.
  const granted: Permission[] = ["users.create"];
  const people = await db
    .insert(users)
    .values(
      payloads.map((username, index) => {
        const isApproved = index % 2 === 0;
        return {
          username,
          passwordHash: "",
          role: index % 4 === 0 ? "operator" : "user",
          isApproved,
          granted,
        } as const;
      }),
    )
    .returning();
  const userId = people[4]?.id ?? "";
  const [admin] = await db.select().from(users).where(eq(users.username, founder));
  const adminId = admin?.id ?? "";
  const expiresAt = new Date(Date.now() + 3_600_000);
  const permissions = ["servers.start" as const];
  for (const [index, text] of payloads.entries()) {
    const values = { name: text, publicKey: "x", counter: 0, transports: [text] };
    await db.insert(passkeys).values({ ...values, userId: adminId, credentialId: `credential-${index}` });
    for (const owner of [adminId, userId])
      await db.insert(sessions).values({ userId: owner, address: text, userAgent: text, expiresAt });
    if (people[index]?.isApproved)
      await db.insert(serverMembers).values({ serverId, userId: people[index]?.id ?? "", permissions, addedBy: text });
  }
  await db.update(apiTokens).set({ lastUsedAt: new Date(), lastUsedAddress: payloads[3] });
  // Whoever looks at all this has such a name too.
  await db.update(users).set({ username: watcherName, hasPasskey: true }).where(eq(users.id, adminId));
  await db.update(users).set({ hasPasskey: false }).where(ne(users.id, adminId));
  await db.close();

  await administer("servers.start", { serverId, wait: true });
  await expect
    .poll(async () => ((await administer("servers.get", { serverId }, "query")) as { state: string }).state, {
      timeout: 40_000,
    })
    .toBe("running");
  const commands = payloads.map((text) => `raw ${text}`);
  for (const text of payloads.slice(-8)) {
    // The last of the three is unknown to the game, and comes back in its reply.
    commands.push(`join ${text}`, `chat <b>${text.replaceAll(" ", "_")} ${text}`, text);
  }
  await send(app, serverId, commands);
  return { serverId, userId };
}

/** By as many administrators as it takes: each may send 20 a minute. */
async function send(app: App, serverId: string, commands: readonly string[]): Promise<void> {
  for (let from = 0; from < commands.length; from += 20) {
    const username = `sender-${from}`;
    await administer("users.create", { username, password, role: "admin" });
    const { token } = (await answer(app, "auth.issueToken", { username, password })) as { token: string };
    for (const command of commands.slice(from, from + 20))
      await answer(app, "console.command", { serverId, command }, "mutation", token);
  }
}

const watcherName = "<img src=x onerror=alert('me')>";

/** What went wrong on any page of the context; empty at the end. */
async function watch(context: BrowserContext, app: App): Promise<string[]> {
  const found: string[] = [];
  const own = new URL(app.url).origin;
  const setUpSecret = new URL(app.setupLink).searchParams.get("secret") ?? "";
  await context.exposeFunction("tellViolation", (text: string) => found.push(`policy: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      const told = `${location.pathname} ${violatedDirective} ${blockedURI} ${sample}`;
      (window as unknown as { tellViolation(text: string): void }).tellViolation(told);
    });
  });
  context.on("dialog", (dialog) => {
    found.push(`dialog: ${dialog.message()} on ${dialog.page()?.url()}`);
    void dialog.dismiss();
  });
  context.on("weberror", (error) => found.push(`error: ${error.error().message}`));
  context.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "about:" && protocol !== "data:" && protocol !== "blob:" && origin !== own)
      found.push(`request: ${request.url()}`);
    if (request.isNavigationRequest() && !/^(?:http|about):$/.test(protocol))
      found.push(`navigation: ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error" && /content security policy|hydrat|minified react/i.test(message.text()))
      found.push(`console: ${message.text()}`);
  });
  context.on("response", async (response) => {
    if (!/text\/html|application\/json|text\/x-component/.test(response.headers()["content-type"] ?? "")) return;
    const text = await response.text().catch(() => "");
    for (const secret of [setUpSecret, password]) if (text.includes(secret)) found.push(`secret: ${response.url()}`);
  });
  return found;
}

/** The whole text of the page, with what stands in fields and what is read out instead of them. */
async function textOf(page: Page): Promise<string> {
  return page.evaluate(() => {
    const fields = [...document.querySelectorAll("input, textarea")] as HTMLInputElement[];
    const labels = [...document.querySelectorAll("[aria-label]")].map((element) => element.getAttribute("aria-label"));
    return [document.title, document.body.textContent, ...fields.map(({ value }) => value), ...labels].join("\n");
  });
}

/** Waits until the page shows all of these, as text. The other pages are looked at all the same. */
const softly = expect.configure({ soft: true });

async function shows(page: Page, texts: readonly string[]): Promise<void> {
  await softly
    .poll(
      async () => {
        const text = await textOf(page);
        return texts.filter((wanted) => !text.includes(wanted));
      },
      { message: `${page.url()} shows them as text`, timeout: 20_000 },
    )
    .toEqual([]);
}

test("what people write stays text, on every page that shows it", async ({ page, context, app, say }) => {
  const { serverId, userId } = planted;
  const found = await watch(context, app);
  await signIn(page, say, watcherName);
  const visit = async (path: string, texts: readonly string[]) => {
    await page.goto(path);
    await shows(page, texts);
    // Whatever waits for a pointer, a focus or a moment of its own has had it.
    for (const row of (await page.locator("main a, main button, main li").all()).slice(0, 12))
      await row.hover({ timeout: 1000, force: true }).catch(() => {});
    await page.keyboard.press("Tab");
  };
  expect(payloads.length).toBeGreaterThanOrEqual(isLong ? 44 : 17);
  const approved = payloads.filter((_, index) => index % 2 === 0);
  const waiting = payloads.filter((_, index) => index % 2 === 1);
  const name = payloads[3] ?? "";

  await visit("/servers", [...payloads, watcherName]);
  await visit(`/servers/${serverId}`, [name, ...payloads.slice(3, 8)]);
  await visit(`/servers/${serverId}/settings`, [name]);
  await visit(`/servers/${serverId}/members`, [...approved, name]);
  await visit(`/servers/${serverId}/console`, [name, ...payloads.slice(-3)]);
  await expect(page.locator(".xterm-rows")).toContainText(payloads.at(-1) ?? "");
  await visit("/users", waiting);
  await visit("/users?state=active", approved);
  await visit("/users/permissions", approved);
  await visit(`/users/${userId}`, [payloads[4] ?? "", ...payloads]);
  await visit("/account", [watcherName]);
  await visit("/account/security", payloads);
  await visit("/account/sessions", payloads.slice(0, 30));
  await visit("/account/tokens", payloads);
  await visit("/audit?action=servers.create", payloads);
  for (const row of (await page.locator("main li > button[aria-expanded]").all()).slice(0, 5)) await row.click();
  await visit("/audit?action=console.command", ["sender-40"]);
  await page.locator("main li > button[aria-expanded]").first().click();
  await shows(page, [`"command": ${JSON.stringify(payloads.at(-1))}`]);
  for (const path of ["/servers/new", "/system", "/versions"]) await visit(path, [watcherName]);

  await test.step("typed into what searches, and into the console", async () => {
    for (const path of ["/servers", "/users", "/audit"]) {
      await page.goto(path);
      const field = page.getByRole("main").getByRole("searchbox").or(page.locator("main input[type=search]")).first();
      await field.fill(name);
      await shows(page, [name]);
    }
    await page.goto(`/servers/${serverId}/console`);
    const command = page.getByRole("combobox", { name: say("console.command.label") });
    await command.fill(`say ${name}`);
    await command.press("Enter");
    await expect(page.locator(".xterm-rows")).toContainText(`] ${name}`);
  });
  expect(found).toEqual([]);
});

test("what stands in addresses is neither run nor followed", async ({ page, context, app, say }) => {
  const { serverId, userId } = planted;
  const found = await watch(context, app);
  const open = ["/login", "/register", "/reset", "/setup", "/renew"];
  const own = ["/servers", `/servers/${serverId}`, `/servers/${serverId}/console`, `/servers/${serverId}/settings`];
  const others = [`/servers/${serverId}/members`, "/servers/new", "/users", `/users/${userId}`, "/users/permissions"];
  const last = [
    "/account",
    "/account/security",
    "/account/sessions",
    "/account/tokens",
    "/audit",
    "/system",
    "/versions",
  ];
  const names = [
    ...["q", "state", "role", "action", "result", "who", "target", "from", "to", "can", "view", "sort", "type", "tag"],
    ...["error", "message", "secret", "callbackUrl", "locale", "theme", "next", "url", "changed", "ended", "__proto__"],
  ];
  let turn = 0;
  const query = () =>
    new URLSearchParams(names.map((name) => [name, payloads[turn++ % payloads.length] ?? ""])).toString();
  const go = async (path: string) => {
    await page.goto(path, { waitUntil: "load" });
    expect(new URL(page.url()).origin).toBe(new URL(app.url).origin);
  };
  for (const path of open) await go(`${path}?${query()}`);
  for (const text of payloads) await page.request.get(`/no-such/${encodeURIComponent(text)}`);
  await go(`/no-such/${encodeURIComponent(payloads[3] ?? "")}`);

  await test.step("signing in leads to our own pages alone", async () => {
    for (const address of foreignAddresses.slice(0, 3)) {
      await page.goto(`/login?callbackUrl=${encodeURIComponent(address)}`);
      await page.getByLabel(say("auth.username"), { exact: true }).fill(watcherName);
      await page.getByLabel(say("auth.password"), { exact: true }).fill(password);
      await page.getByRole("button", { name: say("auth.login.submit"), exact: true }).click();
      await expect(page).toHaveURL(`${app.url}/servers`);
      await page.goto("about:blank");
      await context.clearCookies();
    }
  });
  await signIn(page, say, watcherName);
  for (const address of foreignAddresses) {
    await go(`/login?callbackUrl=${encodeURIComponent(address)}`);
    await go(`/renew?callbackUrl=${encodeURIComponent(address)}`);
  }
  for (const path of [...own, ...others, ...last])
    await go(`${path}?${query()}#${encodeURIComponent(payloads[3] ?? "")}`);
  for (const path of [
    "//elsewhere.invalid/",
    "//elsewhere.invalid/servers",
    "/\\elsewhere.invalid",
    "/%2f/elsewhere.invalid",
  ]) {
    const answer = await page.request.get(app.url + path, { maxRedirects: 0 });
    const location = answer.headers().location ?? "/";
    expect([path, new URL(location, app.url).origin]).toEqual([path, new URL(app.url).origin]);
  }
  expect(found).toEqual([]);
});
