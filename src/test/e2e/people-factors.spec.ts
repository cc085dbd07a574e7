import { expect } from "@playwright/test";
import { test, untilTakenOver } from "./app-fixture";
import {
  type Administer,
  AuthenticatorApp,
  addAccount,
  addAuthenticator,
  ageSessions,
  checkWidth,
  fillCredentials,
  password,
  setUpFounder,
  signIn,
  signOut,
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

test("passkey: added, renamed, signed in with, removed", async ({ page, context, app, say, checkAccess }) => {
  await addAuthenticator(context, page);
  const { username } = await addAccount(administer);
  await signIn(page, say, username);
  await page.goto("/account/security");
  await page.getByRole("button", { name: say("auth.passkeys.add") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Blue key");
  await checkAccess(page);
  await test.step("long after the sign-in the password is asked for in between", async () => {
    await ageSessions(app, username);
    await dialog.getByRole("button", { name: say("auth.passkeys.create") }).click();
    const proof = page.getByRole("dialog", { name: say("auth.proof.title") });
    await expect(proof.getByLabel(say("auth.password"), { exact: true })).toBeFocused();
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
  });
  const list = page.getByRole("list", { name: say("auth.passkeys.title") });
  await expect(list.getByText("Blue key")).toBeVisible();

  await page.getByRole("button", { name: say("auth.passkeys.renameNamed", { name: "Blue key" }) }).click();
  await dialog.getByRole("textbox").fill("Green key");
  await page.keyboard.press("Enter");
  await expect(list.getByText("Green key")).toBeVisible();
  await checkAccess(page);
  await checkWidth(page);

  await test.step("sign in without name and password", async () => {
    await signOut(page, say, username);
    await page.goto("/login?callbackUrl=/account/security");
    await page.getByRole("button", { name: say("auth.passkeySignIn.button") }).click();
    await expect(page).toHaveURL(/\/account\/security$/);
    await untilTakenOver(page);
    await expect(page.getByText("Green key")).toBeVisible();
    await expect(page.getByText(say("auth.passkeys.neverUsed"))).toHaveCount(0);
  });

  await test.step("removed, it opens nothing", async () => {
    await page.getByRole("button", { name: say("auth.passkeys.removeNamed", { name: "Green key" }) }).click();
    await checkAccess(page);
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: say("common.remove") })
      .click();
    await expect(page.getByText(say("auth.passkeys.empty"))).toBeVisible();
    await signOut(page, say, username);
    await page.goto("/login");
    await page.getByRole("button", { name: say("auth.passkeySignIn.button") }).click();
    await expect(page.getByText(say("auth.passkeySignIn.refused"))).toBeVisible();
  });
});

test("authenticator app: set up, sign in with it by keyboard alone, recovery codes, off", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const { username } = await addAccount(administer);
  await signIn(page, say, username);
  await page.goto("/account/security");
  await checkAccess(page);
  await checkWidth(page);
  const dialog = page.getByRole("dialog");

  await test.step("long after the sign-in the password is asked for again", async () => {
    await ageSessions(app, username);
    await page.getByRole("button", { name: say("auth.totp.setUp"), exact: true }).click();
    await expect(dialog.getByText(say("auth.proof.title"))).toBeVisible();
    await checkAccess(page);
    const field = dialog.getByLabel(say("auth.password"), { exact: true });
    await expect(field).toBeFocused();
    await page.keyboard.type("not the password");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText(say("errors.PASSWORD_WRONG"))).toBeVisible();
    await field.fill(password);
    await page.keyboard.press("Enter");
  });

  await expect(dialog.getByRole("img", { name: say("auth.totp.qr") })).toBeVisible();
  const authenticator = new AuthenticatorApp((await dialog.locator("code").textContent()) ?? "");
  await checkAccess(page);

  await test.step("a wrong code is told at the field", async () => {
    await dialog.getByRole("textbox").fill("000000");
    await dialog.getByRole("button", { name: say("auth.totp.confirm") }).click();
    await expect(dialog.getByText(say("errors.CODE_WRONG"))).toBeVisible();
    await dialog.getByRole("textbox").fill(await authenticator.next());
    await dialog.getByRole("button", { name: say("auth.totp.confirm") }).click();
  });

  let codes: string[] = [];
  await test.step("ten recovery codes, shown once", async () => {
    const list = page.getByRole("list", { name: say("auth.recovery.list") });
    await expect(list.getByRole("listitem")).toHaveCount(10);
    codes = await list.getByRole("listitem").allTextContents();
    await checkAccess(page);
    await page.keyboard.press("Escape");
    await expect(list).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: say("auth.recovery.download") }).click(),
    ]);
    expect(download.suggestedFilename()).toContain(username);
    await page.getByRole("button", { name: say("auth.recovery.done") }).click();
    await expect(list).toHaveCount(0);
    await expect(page.getByText(say("auth.totp.codesLeft", { count: 10 }))).toBeVisible();
  });

  await test.step("sign in by keyboard alone", async () => {
    await signOut(page, say, username);
    await page.goto("/login?callbackUrl=/account/security");
    await expect(page.getByLabel(say("auth.username"), { exact: true })).toBeFocused();
    await page.keyboard.type(username);
    await tabTo(page, page.getByLabel(say("auth.password"), { exact: true }));
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    const code = page.getByLabel(say("auth.code.label"), { exact: true });
    await expect(code).toBeFocused();
    await checkAccess(page);
    await checkWidth(page);
    await page.keyboard.type("123456");
    await page.keyboard.press("Enter");
    await expect(page.getByText(say("auth.code.wrong"))).toBeVisible();
    await expect(code).toBeFocused();
    await tabTo(page, page.getByRole("button", { name: say("auth.code.back") }));
    await page.keyboard.press("Enter");
    await expect(page.getByLabel(say("auth.username"), { exact: true })).toHaveValue(username);
    await expect(page.getByLabel(say("auth.password"), { exact: true })).toHaveValue(password);
    await page.getByLabel(say("auth.password"), { exact: true }).press("Enter");
    await expect(code).toBeFocused();
    await page.keyboard.type(await authenticator.next());
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/account\/security$/);
    await untilTakenOver(page);
  });

  await test.step("a recovery code opens the account once", async () => {
    await signOut(page, say, username);
    await page.goto("/login?callbackUrl=/account/security");
    await fillCredentials(page, say, username);
    await page.getByLabel(say("auth.code.label"), { exact: true }).fill(codes[0] ?? "");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/account\/security$/);
    await untilTakenOver(page);
    await expect(page.getByText(say("auth.totp.codesLeft", { count: 9 }))).toBeVisible();
    await signOut(page, say, username);
    await page.goto("/login?callbackUrl=/account/security");
    await fillCredentials(page, say, username);
    await page.getByLabel(say("auth.code.label"), { exact: true }).fill(codes[0] ?? "");
    await page.keyboard.press("Enter");
    await expect(page.getByText(say("auth.code.wrong"))).toBeVisible();
    await page.getByLabel(say("auth.code.label"), { exact: true }).fill((codes[1] ?? "").replaceAll("-", " "));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/account\/security$/);
    await untilTakenOver(page);
  });

  await test.step("new recovery codes, then off with one of them", async () => {
    await page.getByRole("button", { name: say("auth.totp.newCodes") }).click();
    await checkAccess(page);
    await page
      .getByRole("dialog")
      .getByRole("textbox")
      .fill(await authenticator.next());
    await page.getByRole("button", { name: say("auth.totp.make") }).click();
    const list = page.getByRole("list", { name: say("auth.recovery.list") });
    await expect(list.getByRole("listitem")).toHaveCount(10);
    const made = await list.getByRole("listitem").allTextContents();
    expect(made).not.toContain(codes[2]);
    await page.getByRole("button", { name: say("auth.recovery.done") }).click();
    await page.getByRole("button", { name: say("auth.totp.turnOff"), exact: true }).click();
    const off = page.getByRole("dialog", { name: say("auth.totp.turnOffTitle") });
    await off.getByRole("textbox").fill(made[0] ?? "");
    await off.getByRole("button", { name: say("auth.totp.turnOff"), exact: true }).click();
    await expect(page.getByRole("button", { name: say("auth.totp.setUp"), exact: true })).toBeVisible();
  });
});

test("a role that must have a second factor sees its set-up alone, then the panel", async ({
  page,
  say,
  checkAccess,
}) => {
  const { username } = await addAccount(administer, "operator");
  await administer("system.updateSettings", { secondFactorRoles: ["operator"] });
  await page.goto("/login");
  await fillCredentials(page, say, username);
  await expect(page.getByRole("heading", { name: say("auth.enrol.title") })).toBeVisible();
  await expect(page.getByRole("link")).toHaveCount(0);
  await checkAccess(page);
  await checkWidth(page);
  await page.getByRole("button", { name: say("auth.totp.setUp"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  const authenticator = new AuthenticatorApp((await dialog.locator("code").textContent()) ?? "");
  await dialog.getByRole("textbox").fill(await authenticator.next());
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: say("auth.recovery.done") }).click();
  await expect(page.getByRole("heading", { level: 1, name: say("servers.title") })).toBeVisible();
  await administer("system.updateSettings", { secondFactorRoles: [] });
});
