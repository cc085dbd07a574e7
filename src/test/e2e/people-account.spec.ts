import { expect } from "@playwright/test";
import { callProcedure } from "../program-calls";
import { asPeopleSee, test, untilTakenOver } from "./app-fixture";
import {
  type Administer,
  addAccount,
  checkWidth,
  fillCredentials,
  password,
  setUpFounder,
  signIn,
  tabTo,
  watchProblems,
} from "./people-account";

// Several browsers of one person at once, and more sign-ins in a minute than one person makes.
test.use({
  programEnv: { SINGLE_SESSION: "false", LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6000" },
});

let administer: Administer;
let problems: string[] = [];

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
});

test.beforeEach(({ page }) => {
  problems = watchProblems(page);
});

test.afterEach(() => {
  expect(problems).toEqual([]);
});

test("sessions: listed, one ended from another browser, whose page leads to sign-in", async ({
  page,
  browser,
  app,
  say,
  locale,
  checkAccess,
}) => {
  const { username } = await addAccount(administer);
  await signIn(page, say, username);
  const other = await browser.newContext({ baseURL: app.url, locale });
  const otherPage = asPeopleSee(await other.newPage());
  await signIn(otherPage, say, username);

  await page.goto("/account/sessions");
  const list = page.getByRole("list", { name: say("auth.sessions.title") });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list.getByText(say("auth.sessions.current"))).toHaveCount(1);
  await expect(list.getByText(/Chrome/)).toHaveCount(2);
  await checkAccess(page);
  await checkWidth(page);
  const device = say("auth.sessions.device", { browser: "Chrome", system: "Linux" });
  // By keyboard alone: past the navigation, through the page's own parts, to the button.
  await page.locator("body").press("Tab");
  await expect(page.getByRole("link", { name: say("common.skipToContent") })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(
    page,
    page.getByRole("button", { name: say("auth.sessions.endNamed", { device, address: "127.0.0.1" }) }),
  );
  await page.keyboard.press("Enter");
  await expect(list.getByRole("listitem")).toHaveCount(1);
  await expect(page.getByText(say("auth.sessions.onlyOne"))).toBeVisible();
  // Its open stream is closed, what it asks next is refused, and the page leads to sign-in without being touched.
  await expect(otherPage).toHaveURL(/\/login\?/, { timeout: 20_000 });

  await test.step("all others at once", async () => {
    await signIn(otherPage, say, username);
    await page.reload();
    await page.getByRole("button", { name: say("auth.sessions.endOthers") }).click();
    await checkAccess(page);
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: say("auth.sessions.endOthers") })
      .click();
    await expect(list.getByRole("listitem")).toHaveCount(1);
    await expect(otherPage).toHaveURL(/\/login\?/, { timeout: 20_000 });
  });
  await other.close();
});

test("API token: created with scopes, used, listed with its last use, revoked", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const { username } = await addAccount(administer);
  await signIn(page, say, username);
  await page.goto("/account/tokens");
  await expect(page.getByText(say("auth.tokens.empty"), { exact: true })).toBeVisible();
  await checkAccess(page);
  await page.getByRole("button", { name: say("auth.tokens.create") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say("auth.tokens.name"), { exact: true }).fill("nightly");
  await dialog.getByRole("radio", { name: say("auth.tokens.chosen") }).click();
  await dialog.getByRole("button", { name: say("auth.tokens.submit"), exact: true }).click();
  await expect(dialog.getByText(say("auth.tokens.chooseSome"))).toBeVisible();
  await dialog.getByRole("checkbox", { name: say("auth.permissions.servers.view"), exact: true }).click();
  await checkAccess(page);
  await checkWidth(page);
  await dialog.getByRole("button", { name: say("auth.tokens.submit"), exact: true }).click();
  const token = (await dialog.locator("code").first().textContent()) ?? "";
  expect(token).toMatch(/^mcsd_[\w-]{43}$/);
  await checkAccess(page);
  await checkWidth(page);
  await dialog.getByRole("button", { name: say("auth.tokens.done") }).click();
  await expect(page.getByText(token)).toHaveCount(0);
  await expect(page.getByText(say("auth.tokens.neverUsed"))).toBeVisible();

  const use = () => callProcedure(app.url, { path: "servers.list", type: "query", credentials: { token } });
  expect((await use()).status).toBe(200);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/127\.0\.0\.1/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await checkAccess(page);
  await checkWidth(page);
  await page.getByRole("button", { name: say("auth.tokens.revokeNamed", { name: "nightly" }) }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: say("auth.tokens.revoke") })
    .click();
  await expect(page.getByText(say("auth.tokens.empty"), { exact: true })).toBeVisible();
  expect((await use()).status).toBe(401);
});

test("password: changed without leaving where it alone signs in; a reset link sets another", async ({
  page,
  browser,
  app,
  say,
  locale,
  checkAccess,
}) => {
  const changed = "battery-staple-correct";
  const { id, username } = await addAccount(administer);
  const other = await browser.newContext({ baseURL: app.url, locale });
  const otherPage = asPeopleSee(await other.newPage());
  await signIn(otherPage, say, username);
  await signIn(page, say, username);
  await page.goto("/account/security");
  const fill = async (present: string, wanted: string) => {
    await page.getByLabel(say("auth.changePassword.present"), { exact: true }).fill(present);
    await page.getByLabel(say("auth.newPassword"), { exact: true }).fill(wanted);
    await page.getByLabel(say("auth.newPasswordRepeat"), { exact: true }).fill(wanted);
    await page.getByRole("button", { name: say("auth.changePassword.submit") }).click();
  };
  await fill("not the present one", changed);
  await expect(page.getByText(say("errors.PASSWORD_WRONG"))).toBeVisible();
  await expect(page.getByLabel(say("auth.changePassword.present"), { exact: true })).toBeFocused();
  await fill(password, changed);
  await expect(page.getByText(say("auth.changePassword.done"))).toBeVisible();
  await expect(page).toHaveURL(/\/account\/security\?changed=1$/);
  await checkAccess(page);
  await expect(otherPage).toHaveURL(/\/login\?/, { timeout: 20_000 });

  await test.step("the link of an administrator", async () => {
    const { path } = (await administer("users.createResetLink", { userId: id })) as { path: string };
    await otherPage.goto(path);
    await expect(otherPage.getByRole("heading", { name: say("auth.reset.title") })).toBeVisible();
    await checkAccess(otherPage);
    await otherPage.getByLabel(say("auth.newPassword"), { exact: true }).fill(password);
    await otherPage.getByLabel(say("auth.newPasswordRepeat"), { exact: true }).fill(password);
    await otherPage.getByRole("button", { name: say("auth.reset.submit") }).click();
    await expect(otherPage.getByText(say("auth.login.reset"))).toBeVisible();
    await fillCredentials(otherPage, say, username);
    await expect(otherPage).toHaveURL(/\/servers$/);
    await untilTakenOver(otherPage);
    await otherPage.goto(path);
    await otherPage.getByLabel(say("auth.newPassword"), { exact: true }).fill(changed);
    await otherPage.getByLabel(say("auth.newPasswordRepeat"), { exact: true }).fill(changed);
    await otherPage.getByRole("button", { name: say("auth.reset.submit") }).click();
    await expect(otherPage.getByText(say("auth.reset.problem.title"))).toBeVisible();
    await checkAccess(otherPage);
  });
  await other.close();
});

test("time zone and theme stay with the account", async ({ page, browser, app, say, locale, checkAccess }) => {
  const { username } = await addAccount(administer);
  await signIn(page, say, username);
  await page.goto("/account");
  await checkAccess(page);
  await checkWidth(page);
  const zone = page.getByRole("combobox", { name: say("auth.timeZone.label"), exact: true });
  await expect(zone).toHaveText(say("auth.timeZone.browser"));
  await zone.click();
  await page.getByPlaceholder(say("auth.timeZone.search")).fill("kathmandu");
  await checkAccess(page);
  await page.keyboard.press("Enter");
  await expect(zone).toHaveText("Asia/Kathmandu");
  await expect(async () => {
    await page.reload();
    await expect(zone).toHaveText("Asia/Kathmandu", { timeout: 1_000 });
  }).toPass();
  await page.getByRole("combobox", { name: say("common.theme") }).click();
  await page.getByRole("option", { name: say("common.themes.light") }).click();
  await expect(page.locator("html.light")).toHaveCount(1);
  await page.getByText(say("auth.account.permissions", { count: 24 })).click();
  await expect(page.getByText(say("auth.permissions.files.upload"), { exact: true })).toBeVisible();
  await checkAccess(page);
  await checkWidth(page);

  await test.step("in another browser too", async () => {
    const other = await browser.newContext({ baseURL: app.url, locale });
    const otherPage = asPeopleSee(await other.newPage());
    await signIn(otherPage, say, username);
    await expect(otherPage.locator("html.light")).toHaveCount(1);
    await otherPage.goto("/account");
    await expect(otherPage.getByRole("combobox", { name: say("auth.timeZone.label"), exact: true })).toHaveText(
      "Asia/Kathmandu",
    );
    await other.close();
  });
});
