import { expect } from "@playwright/test";
import { test, untilTakenOver } from "./app-fixture";

const password = "correct-horse-battery";

test("set up, create, start, console, command with reply, kill -9 of mcsd, stop, delete", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const problems: string[] = [];
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && /content security policy|hydrat|minified react/i.test(text)) problems.push(text);
  });
  page.on("pageerror", (error) => problems.push(error.message));

  await test.step("set-up link, then signed in", async () => {
    await page.goto(app.setupLink);
    await expect(page.getByRole("heading", { name: say("auth.setup.title") })).toBeVisible();
    await checkAccess(page);
    await page.getByLabel(say("auth.username"), { exact: true }).fill("founder");
    await page.getByLabel(say("auth.password"), { exact: true }).fill(password);
    await page.getByLabel(say("auth.passwordRepeat"), { exact: true }).fill(password);
    await page.getByRole("button", { name: say("auth.setup.submit") }).click();
    await expect(page).toHaveURL(/\/servers$/);
    await untilTakenOver(page);
    await expect(page.getByText(say("servers.empty.title"))).toBeVisible();
    await checkAccess(page);
  });

  await test.step("sign out and in", async () => {
    await page.getByRole("button", { name: say("nav.accountMenu", { username: "founder" }) }).click();
    await page.getByRole("menuitem", { name: say("nav.signOut") }).click();
    await expect(page).toHaveURL(/\/login/);
    await untilTakenOver(page);
    await page.getByLabel(say("auth.username"), { exact: true }).fill("founder");
    await page.getByLabel(say("auth.password"), { exact: true }).fill("not the password");
    await page.getByRole("button", { name: say("auth.login.submit"), exact: true }).click();
    await expect(page.getByText(say("auth.login.wrong"))).toBeVisible();
    await checkAccess(page);
    await page.getByLabel(say("auth.password"), { exact: true }).fill(password);
    await page.getByRole("button", { name: say("auth.login.submit"), exact: true }).click();
    await expect(page).toHaveURL(/\/servers/);
    await untilTakenOver(page);
  });

  await test.step("create", async () => {
    await page.goto("/servers/new");
    await page.getByRole("radio", { name: /vanilla/i }).click();
    await page.getByRole("combobox", { name: say("create.version.label") }).click();
    await page.getByPlaceholder(say("create.version.search")).fill("1.20.4");
    await page.getByRole("option", { name: /1\.20\.4/ }).click();
    await page.getByRole("checkbox").first().check();
    await page.getByLabel(say("create.name.label"), { exact: true }).fill("Evening world");
    await checkAccess(page);
    await page.getByRole("button", { name: say("create.submit") }).click();
    await expect(page).toHaveURL(/\/servers\/[0-9a-f-]{36}$/, { timeout: 30_000 });
    await expect(page.getByText(say("servers.state.stopped"), { exact: true }).first()).toBeVisible();
    await checkAccess(page);
  });

  const serverPage = page.url();

  await test.step("start", async () => {
    await page.getByRole("button", { name: say("servers.actions.label.start"), exact: true }).click();
    await expect(page.getByText(say("servers.state.running"), { exact: true }).first()).toBeVisible({
      timeout: 30_000,
    });
    await checkAccess(page);
  });

  const command = page.getByRole("combobox", { name: say("console.command.label") });

  await test.step("console line and command with its reply", async () => {
    await page.getByRole("link", { name: say("servers.tabs.console") }).click();
    await expect(page.locator(".xterm-rows")).toContainText("Done (", { timeout: 15_000 });
    await command.fill("list");
    await command.press("Enter");
    await expect(page.getByText(/There are 0 of a max of 20 players online/).first()).toBeVisible();
    await command.fill("say hello from the page");
    await command.press("Enter");
    await expect(page.locator(".xterm-rows")).toContainText("hello from the page");
    await checkAccess(page);
  });

  await test.step("mcsd is killed; the server runs on and its console is complete", async () => {
    await app.killAndRestart();
    await page.goto(serverPage);
    await expect(page.getByText(say("servers.state.running"), { exact: true }).first()).toBeVisible();
    await page.goto(`${serverPage}/console`);
    await expect(page.locator(".xterm-rows")).toContainText("hello from the page", { timeout: 15_000 });
    await command.fill("seed");
    await command.press("Enter");
    await expect(page.getByText(/Seed: \[/).first()).toBeVisible();
  });

  await test.step("stop", async () => {
    await page.goto(serverPage);
    await page.getByRole("button", { name: say("servers.actions.label.stop"), exact: true }).click();
    await expect(page.getByText(say("servers.state.stopped"), { exact: true }).first()).toBeVisible({
      timeout: 30_000,
    });
  });

  await test.step("settings, then delete with the typed name", async () => {
    await page.goto(`${serverPage}/settings`);
    await expect(page.getByRole("button", { name: say("servers.delete.button") })).toBeEnabled();
    await checkAccess(page);
    await page.getByRole("button", { name: say("servers.delete.button") }).click();
    const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
    const confirm = dialog.getByRole("button", { name: say("servers.delete.confirm") });
    await expect(confirm).toBeDisabled();
    await dialog.getByRole("textbox").fill("Evening world");
    await checkAccess(page);
    await confirm.click();
    await expect(page).toHaveURL(/\/servers$/, { timeout: 15_000 });
    await expect(page.getByText(say("servers.empty.title"))).toBeVisible();
  });

  await test.step("the other pages", async () => {
    for (const path of ["/versions", "/system", "/account"]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await checkAccess(page);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  });

  expect(problems).toEqual([]);
});
