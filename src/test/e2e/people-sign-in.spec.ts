import { expect } from "@playwright/test";
import { callProcedure } from "../program-calls";
import { test } from "./app-fixture";
import {
  type Administer,
  checkWidth,
  fillCredentials,
  founder,
  password,
  setUpFounder,
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

test("registers by keyboard alone, waits, is approved, and the page goes on by itself", async ({
  page,
  say,
  checkAccess,
}) => {
  const username = `newcomer-${Date.now() % 100_000}`;
  await page.goto("/login");
  await checkAccess(page);
  await checkWidth(page);
  await page.locator('a[href="/register"]').press("Enter");
  await expect(page.getByRole("heading", { name: say("auth.register.title") })).toBeVisible();
  await checkAccess(page);
  await checkWidth(page);

  await test.step("what is wrong is said at the fields, and nothing typed is lost", async () => {
    const name = page.getByLabel(say("auth.username"), { exact: true });
    await expect(name).toBeFocused();
    await page.keyboard.type(founder);
    await tabTo(page, page.getByLabel(say("auth.password"), { exact: true }));
    await page.keyboard.type(password);
    await tabTo(page, page.getByLabel(say("auth.passwordRepeat"), { exact: true }));
    await page.keyboard.type("something else");
    await page.keyboard.press("Enter");
    await expect(page.getByText(say("common.validation.password_mismatch"))).toBeVisible();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await expect(page.getByText(say("errors.USERNAME_TAKEN"))).toBeVisible();
    await expect(name).toBeFocused();
    await checkAccess(page);
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type(username);
    await page.keyboard.press("Enter");
  });

  await test.step("the waiting page", async () => {
    await expect(page.getByRole("heading", { name: say("auth.waiting.title") })).toBeVisible();
    await expect(page.getByText(username)).toBeVisible();
    await checkAccess(page);
    await checkWidth(page);
  });

  const { items } = (await administer("users.list", { search: username }, "query")) as { items: { id: string }[] };
  await administer("users.approve", { userId: items[0]?.id });
  await expect(page.getByRole("heading", { level: 1, name: say("servers.title") })).toBeVisible({ timeout: 15_000 });
});

test("turned down, one is led to sign-in and cannot sign in", async ({ page, app, say }) => {
  const username = `unwanted-${Date.now() % 100_000}`;
  await callProcedure(app.url, { path: "auth.register", type: "mutation", input: { username, password } });
  await page.goto("/login");
  await fillCredentials(page, say, username);
  await expect(page.getByRole("heading", { name: say("auth.waiting.title") })).toBeVisible();
  const { items } = (await administer("users.list", { search: username }, "query")) as { items: { id: string }[] };
  await administer("users.reject", { userId: items[0]?.id });
  await expect(page).toHaveURL(/\/login\?/, { timeout: 15_000 });
  await fillCredentials(page, say, username);
  await expect(page.getByText(say("auth.login.wrong"))).toBeVisible();
});

test("registration that is closed says so, and sign-in no longer offers it", async ({ page, say, checkAccess }) => {
  await administer("system.updateSettings", { registrationEnabled: false });
  await page.goto("/register");
  await expect(page.getByText(say("auth.register.closed.text"))).toBeVisible();
  await expect(page.getByLabel(say("auth.username"), { exact: true })).toHaveCount(0);
  await checkAccess(page);
  await page.goto("/login");
  await expect(page.locator('a[href="/register"]')).toHaveCount(0);
  await administer("system.updateSettings", { registrationEnabled: true });
});
