import { type BrowserContext, expect, type Page } from "@playwright/test";
import { asPeopleSee, test } from "./app-fixture";
import { type Administer, addAccount, setUpFounder, signIn } from "./people-account";

// One minute is the shortest life of an access part.
test.use({
  programEnv: { ACCESS_TOKEN_EXPIRE_MINUTES: "1", LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6000" },
});

let administer: Administer;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
});

/** Statuses of the renewals that the pages of a context ask for. */
function watchRenewals(context: BrowserContext): number[] {
  const statuses: number[] = [];
  context.on("response", (response) => {
    if (response.url().endsWith("/api/session/refresh")) statuses.push(response.status());
  });
  return statuses;
}

/** As when the access part has ended while the computer slept. */
async function loseAccess(context: BrowserContext): Promise<void> {
  for (const name of ["mcsd.session", "mcsd.fresh"]) await context.clearCookies({ name });
}

const holds = async (context: BrowserContext, name: string) =>
  (await context.cookies()).some((cookie) => cookie.name === name);

for (const hasLocks of [true, false]) {
  test(`two tabs ${hasLocks ? "" : "without locks "}renew at the same moment, again and again, and stay signed in`, async ({
    page,
    context,
    say,
  }) => {
    if (!hasLocks)
      await context.addInitScript(() => {
        Object.defineProperty(Navigator.prototype, "locks", { get: () => undefined });
      });
    const { id, username } = await addAccount(administer);
    await signIn(page, say, username);
    const other = asPeopleSee(await context.newPage());
    await other.goto("/versions");
    const tabs: Page[] = [page, other];
    for (const tab of tabs) await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
    const statuses = watchRenewals(context);
    for (let round = 0; round < 10; round++) {
      await loseAccess(context);
      await Promise.all(tabs.map((tab) => tab.evaluate(() => void window.dispatchEvent(new Event("online")))));
      await expect.poll(() => holds(context, "mcsd.session")).toBe(true);
    }
    await expect.poll(() => statuses.length).toBeGreaterThanOrEqual(10);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    for (const tab of tabs) {
      await tab.goto("/account/sessions");
      await expect(tab).toHaveURL(/\/account\/sessions$/);
    }
    expect(await administer("users.listSessions", { userId: id }, "query")).toHaveLength(1);
  });
}

test("an idle page renews by itself; a page that is opened later renews on its way", async ({
  page,
  context,
  browser,
  say,
}) => {
  const { username } = await addAccount(administer);
  const { username: sleeper } = await addAccount(administer);
  await signIn(page, say, username);
  const statuses = watchRenewals(context);

  const sleeping = await browser.newContext();
  const asleep = asPeopleSee(await sleeping.newPage());
  await signIn(asleep, say, sleeper);
  const endsAt = Date.now() + 61_000;
  await asleep.goto("about:blank");
  await expect.poll(() => statuses.length, { timeout: 90_000 }).toBeGreaterThanOrEqual(1);
  expect(statuses).toEqual([200]);
  await page.waitForTimeout(Math.max(0, endsAt - Date.now()));

  const renewals = watchRenewals(sleeping);
  await asleep.goto("/account/sessions?from=sleep");
  await expect(asleep).toHaveURL(/\/account\/sessions/);
  await expect(asleep.getByText(say("auth.sessions.onlyOne"))).toBeVisible();
  expect(renewals).toEqual([200]);
  await sleeping.close();
});

test("a session that was ended leads to the sign-in, and from there back", async ({ page, context, say }) => {
  const { id, username } = await addAccount(administer);
  await signIn(page, say, username);
  await administer("users.endSessions", { userId: id });
  await loseAccess(context);
  await page.goto("/account/sessions");
  await expect(page).toHaveURL(/\/login\?ended=1&callbackUrl=%2Faccount%2Fsessions/);
  await expect(page.getByText(say("auth.login.ended"))).toBeVisible();
});
