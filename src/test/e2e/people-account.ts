import { type BrowserContext, expect, type Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { callProcedure } from "../program-calls";
import { openEmbedded } from "../program-database";
import { type App, type Say, untilTakenOver } from "./app-fixture";

export const password = "correct-horse-battery";
export const founder = "founder";

/** Calls over the wire with the founder's API token; fails the test on any refusal. */
export type Administer = (path: string, input?: unknown, type?: "query" | "mutation") => Promise<unknown>;

/** Makes the first administrator by the API and gives its means to prepare what a test needs. */
export async function setUpFounder(app: App): Promise<Administer> {
  const secret = new URL(app.setupLink).searchParams.get("secret") ?? "";
  await callProcedure(app.url, {
    path: "auth.setup",
    type: "mutation",
    input: { secret, username: founder, password },
  });
  const { token } = (await answer(app, "auth.issueToken", { username: founder, password })) as { token: string };
  return (path, input, type = "mutation") => answer(app, path, input, type, token);
}

export async function answer(
  app: App,
  path: string,
  input?: unknown,
  type: "query" | "mutation" = "mutation",
  token?: string,
): Promise<unknown> {
  const { data, error } = await callProcedure(app.url, { path, type, input, credentials: { token } });
  expect(error, path).toBeNull();
  return data;
}

let count = 0;

/** An approved account of its own for each test. */
export async function addAccount(administer: Administer, role = "user"): Promise<{ id: string; username: string }> {
  const username = `person-${++count}-${Date.now() % 100_000}`;
  return (await administer("users.create", { username, password, role })) as { id: string; username: string };
}

export async function fillCredentials(page: Page, say: Say, username: string, secret = password): Promise<void> {
  await untilTakenOver(page);
  await page.getByLabel(say("auth.username"), { exact: true }).fill(username);
  await page.getByLabel(say("auth.password"), { exact: true }).fill(secret);
  await page.getByRole("button", { name: say("auth.login.submit"), exact: true }).click();
}

export async function signIn(page: Page, say: Say, username: string, secret = password): Promise<void> {
  await page.goto("/login");
  await fillCredentials(page, say, username, secret);
  await expect(page).toHaveURL(/\/servers$/);
  await untilTakenOver(page);
}

const stepMs = 30_000;

/** The codes of one authenticator app. Each is given out once, as the server takes it once. */
export class AuthenticatorApp {
  #last = 0;

  constructor(readonly secret: string) {}

  /** A code that was not given out yet; waits for the next one where all that are valid now were. */
  async next(): Promise<string> {
    const totp = new TOTP({ secret: Secret.fromBase32(this.secret.replaceAll(" ", "")) });
    const step = Math.max(this.#last + 1, Math.floor(Date.now() / stepMs) - 1);
    // The server takes the step before and the one after; a second of room at its end.
    const validFrom = (step - 1) * stepMs;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, validFrom + 500 - Date.now())));
    this.#last = step;
    return totp.generate({ timestamp: step * stepMs });
  }
}

/** Fails when the page is wider than the window: at 390 px nothing may scroll sideways. */
export async function checkWidth(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Presses Tab until the element has the focus; fails when it is not within reach of the keyboard. */
export async function tabTo(page: Page, target: ReturnType<Page["getByRole"]>): Promise<void> {
  for (let presses = 0; presses < 8; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(target).toBeFocused();
}

export async function signOut(page: Page, say: Say, username: string) {
  await page.getByRole("button", { name: say("nav.accountMenu", { username }) }).click();
  await page.getByRole("menuitem", { name: say("nav.signOut") }).click();
  await expect(page).toHaveURL(/\/login/);
}

/** A platform authenticator that confirms everything at once. */
export async function addAuthenticator(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** What the page complains about while a test runs: violations of the policy, faults of hydration, errors of scripts. */
export function watchProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && /content security policy|hydrat|minified react/i.test(text)) problems.push(text);
  });
  page.on("pageerror", (error) => problems.push(error.message));
  return problems;
}

/** Makes a person's sign-in an hour old: what guards the account then asks for the password again. */
export async function ageSessions(app: App, username: string): Promise<void> {
  const db = await openEmbedded(app.dataDir);
  const owner = sql`(select id from users where username = ${username})`;
  await db.execute(sql`update sessions set created_at = now() - interval '1 hour' where user_id = ${owner}`);
  await db.close();
}
