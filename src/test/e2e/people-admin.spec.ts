// One program and one founder serve all of these; longer than 250 lines because a second file would start both again.
import { readFile } from "node:fs/promises";
import { type Browser, expect, type Page } from "@playwright/test";
import { type App, asPeopleSee, type Say, test, untilTakenOver } from "./app-fixture";
import {
  type Administer,
  addAccount,
  answer,
  checkWidth,
  founder,
  password,
  setUpFounder,
  signIn,
  tabTo,
  watchProblems,
} from "./people-account";

// More sign-ins and calls in a minute than one person makes.
test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6000" } });

interface Person {
  id: string;
  username: string;
}

let administer: Administer;
let problems: string[] = [];

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
});

test.beforeEach(async ({ page, say }) => {
  problems = watchProblems(page);
  await signIn(page, say, founder);
});

test.afterEach(() => {
  expect(problems).toEqual([]);
});

const ask = async (username: string) =>
  (await administer("users.create", { username, password, isApproved: false })) as Person;

const getUser = async ({ id }: Person) =>
  (await administer("users.get", { userId: id }, "query")) as { state: string; role: string; limits: object };

/** A server of the founder's, or of whoever holds the token. */
async function makeServer(app: App, name: string, token?: string): Promise<string> {
  const input = { name, type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  const made = await (token
    ? answer(app, "servers.create", input, "mutation", token)
    : administer("servers.create", input));
  return (made as { id: string }).id;
}

async function tokenOf(app: App, { username }: Person): Promise<string> {
  return ((await answer(app, "auth.issueToken", { username, password })) as { token: string }).token;
}

/** The browser of another person, who is signed in there. */
async function openAs(browser: Browser, of: Page, { app, say, username }: { app: App; say: Say; username: string }) {
  const context = await browser.newContext({
    baseURL: app.url,
    viewport: of.viewportSize(),
    locale: await of.evaluate(() => navigator.language),
  });
  const page = asPeopleSee(await context.newPage());
  await signIn(page, say, username);
  return page;
}

const row = (page: Page, name: string) => page.getByRole("main").getByRole("listitem").filter({ hasText: name });

test("people who wait: counted in the sidebar, approved and rejected, several at once, and taken back", async ({
  page,
  say,
  checkAccess,
}) => {
  const people = [await ask("wanda"), await ask("noah"), await ask("lou")];
  const [wanda, noah, lou] = people as [Person, Person, Person];
  await page.goto("/users");
  const queue = page.getByRole("list", { name: say("users.queue.title") });
  await expect(queue.getByRole("listitem")).toHaveCount(3);
  await checkAccess(page);
  await checkWidth(page);
  const isPhone = (page.viewportSize()?.width ?? 0) < 768;
  if (isPhone) await page.getByRole("button", { name: say("nav.openMenu") }).click();
  await expect(page.getByRole("link", { name: say("nav.waiting", { count: 3 }) })).toBeVisible();
  if (isPhone) await page.keyboard.press("Escape");

  await test.step("two at once", async () => {
    for (const { username } of [wanda, noah])
      await page.getByRole("checkbox", { name: say("users.queue.select", { name: username }) }).check();
    await page.getByRole("button", { name: say("users.queue.approveMany", { count: 2 }), exact: true }).click();
    await expect(page.getByText(say("users.queue.approved", { count: 2, name: "" }))).toBeVisible();
    await expect(queue.getByRole("listitem")).toHaveCount(1);
    for (const person of [wanda, noah]) expect((await getUser(person)).state).toBe("active");
  });

  await test.step("one is rejected, and approved after all from the message", async () => {
    await page.getByRole("button", { name: say("users.queue.rejectName", { name: lou.username }) }).click();
    await expect(queue).toBeHidden();
    expect((await getUser(lou)).state).toBe("rejected");
    await page.getByRole("button", { name: say("users.queue.undo") }).click();
    await expect.poll(async () => (await getUser(lou)).state).toBe("active");
  });

  await test.step("filters live in the address", async () => {
    await page.getByRole("combobox", { name: say("users.filter.state") }).click();
    await page.getByRole("option", { name: say("users.states.rejected") }).click();
    await expect(page).toHaveURL(/\/users\?state=rejected$/);
    await expect(page.getByText(say("users.noMatch.title"))).toBeVisible();
    await page.goto("/users?q=wan");
    await expect(page.getByRole("link", { name: "wanda" }).filter({ visible: true })).toHaveCount(1);
    await expect(page.getByRole("link", { name: "noah" }).filter({ visible: true })).toHaveCount(0);
  });
});

test("approved with the keyboard alone; the queue hears of new people by itself", {
  tag: "@keyboard",
}, async ({ page, say }) => {
  await page.locator("body").press("g");
  await page.locator("body").press("u");
  await expect(page).toHaveURL(/\/users$/);
  await expect(page.getByText(say("users.shown", { count: 1 })).or(page.getByRole("table"))).toBeVisible();
  const kim = await ask("kim");
  const approve = page.getByRole("button", { name: say("users.queue.approveName", { name: kim.username }) });
  await expect(approve).toBeVisible();
  await page.getByRole("button", { name: say("users.create.button") }).focus();
  await tabTo(page, approve);
  await page.keyboard.press("Enter");
  await expect(page.getByText(say("users.queue.approved", { count: 1, name: kim.username }))).toBeVisible();
  expect((await getUser(kim)).state).toBe("active");
});

test("a new user, another role, permissions with their sources, limits", async ({
  page,
  browser,
  app,
  say,
  checkAccess,
}) => {
  await test.step("created in the dialog", async () => {
    await page.goto("/users");
    await page.getByRole("button", { name: say("users.create.button") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(say("users.create.username")).fill("x");
    await dialog.getByLabel(say("users.create.password"), { exact: true }).fill(password);
    await dialog.getByRole("button", { name: say("users.create.submit") }).click();
    await expect(dialog.getByText(say("common.validation.too_short", { min: 3 }))).toBeVisible();
    await checkAccess(page);
    await dialog.getByLabel(say("users.create.username")).fill("ada");
    await dialog.getByRole("button", { name: say("users.create.submit") }).click();
    await expect(page).toHaveURL(/\/users\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("heading", { level: 1, name: /ada/ })).toBeVisible();
  });
  const userId = page.url().slice(-36);
  const ada = { id: userId, username: "ada" };

  await test.step("another role ends her session", async () => {
    const hers = await openAs(browser, page, { app, say, username: ada.username });
    await page.getByRole("combobox", { name: say("users.role.choose", { name: "ada" }) }).click();
    await page.getByRole("option", { name: say("nav.roles.operator") }).click();
    await page.getByRole("button", { name: say("users.role.change"), exact: true }).click();
    const question = page.getByRole("alertdialog");
    await expect(question).toContainText(say("users.role.consequence", { name: "ada" }));
    await checkAccess(page);
    await question.getByRole("button", { name: say("users.role.submit") }).click();
    await expect(page.getByText(say("users.role.done", { name: "ada", role: "operator" }))).toBeVisible();
    expect((await getUser(ada)).role).toBe("operator");
    await expect(hers).toHaveURL(/\/login/, { timeout: 15_000 });
    await hers.context().close();
  });

  await test.step("granted, denied and cleared, with the source of each", async () => {
    const permission = (name: string) => say(`auth.permissions.${name}`);
    const source = (name: string) => say(`users.permissions.sources.${name}`);
    const created = row(page, permission("users.create"));
    const started = row(page, permission("files.upload"));
    await expect(created).toContainText(source("none"));
    await page
      .getByRole("button", { name: say("users.permissions.grantName", { permission: permission("users.create") }) })
      .click();
    await expect(created).toContainText(source("granted"));
    await expect(started).toContainText(source("role"));
    await page
      .getByRole("button", { name: say("users.permissions.denyName", { permission: permission("files.upload") }) })
      .click();
    await expect(started).toContainText(source("deniedRole"));
    await page
      .getByRole("button", { name: say("users.permissions.clearName", { permission: permission("files.upload") }) })
      .click();
    await expect(started).toContainText(source("role"));
    await checkAccess(page);
    await checkWidth(page);
  });

  await test.step("who can do what", async () => {
    await page.goto("/users/permissions?can=users.create");
    await expect(page.getByRole("columnheader", { name: /ada/ })).toBeVisible();
    await expect(page.getByRole("cell", { name: say("users.matrix.granted") })).toBeVisible();
    await checkAccess(page);
    await checkWidth(page);
    await page.goto("/users/permissions");
    await expect(page.getByRole("rowheader")).toHaveCount(38);
    await checkAccess(page);
    await checkWidth(page);
  });

  await test.step("limits: the stricter of both layers holds", async () => {
    await administer("system.setLimits", { maxServers: 5 });
    await page.goto(`/users/${userId}`);
    const field = page.getByLabel(say("users.limits.names.maxServers"));
    const holds = (count: number) =>
      page.getByText(say("users.limits.holds", { value: say("users.limits.values.servers", { count }) }));
    await expect(holds(5)).toBeVisible();
    await field.fill("2");
    await expect(holds(2)).toBeVisible();
    await page.getByRole("button", { name: say("users.limits.save") }).click();
    await expect(page.getByText(say("users.limits.saved"))).toBeVisible();
    expect((await getUser(ada)).limits).toMatchObject({ maxServers: 2, maxBackups: null });
    await administer("system.setLimits", { maxServers: null });
  });

  await test.step("renamed; a name that is taken is said at the field", async () => {
    await page.getByRole("button", { name: say("users.rename.button") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(founder.toUpperCase());
    await dialog.getByRole("button", { name: say("users.rename.submit"), exact: true }).click();
    await expect(dialog.getByText(say("errors.USERNAME_TAKEN"))).toBeVisible();
    await checkAccess(page);
    await dialog.getByRole("textbox").fill("ada.lovelace");
    await dialog.getByRole("button", { name: say("users.rename.submit"), exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: /ada\.lovelace/ })).toBeVisible();
  });

  await test.step("nothing is offered on one's own account, and the page says why", async () => {
    const me = (await administer("auth.me", undefined, "query")) as Person;
    await page.goto(`/users/${me.id}`);
    await expect(page.getByText(say("users.detail.why.self"))).toBeVisible();
    for (const name of [say("users.state.deactivate"), say("users.role.change"), say("users.delete.button")])
      await expect(page.getByRole("button", { name })).toHaveCount(0);
    await checkAccess(page);
  });
});

test("a reset link opens the account in another browser; deactivated, and let in again", async ({
  page,
  browser,
  app,
  say,
  checkAccess,
}) => {
  const person = await addAccount(administer);
  const name = person.username;
  await page.goto(`/users/${person.id}`);
  await page.getByRole("button", { name: say("users.signIn.reset") }).click();
  const link = await page.getByLabel(say("users.signIn.resetLabel"), { exact: true }).inputValue();
  expect(link).toContain(`${app.url}/reset?secret=`);
  await checkAccess(page);
  await page.getByRole("button", { name: say("users.signIn.close") }).click();

  const context = await browser.newContext({ locale: await page.evaluate(() => navigator.language) });
  const other = asPeopleSee(await context.newPage());
  await other.goto(link);
  await other.getByLabel(say("auth.newPassword"), { exact: true }).fill("another-good-password");
  await other.getByLabel(say("auth.newPasswordRepeat"), { exact: true }).fill("another-good-password");
  await other.getByRole("button", { name: say("auth.reset.submit") }).click();
  await expect(other).toHaveURL(/\/login/);
  await untilTakenOver(other);
  await other.getByLabel(say("auth.username"), { exact: true }).fill(name);
  await other.getByLabel(say("auth.password"), { exact: true }).fill("another-good-password");
  await other.getByRole("button", { name: say("auth.login.submit"), exact: true }).click();
  await expect(other).toHaveURL(/\/servers$/);
  await untilTakenOver(other);

  await test.step("the session shows, and ends with the account's state", async () => {
    await page.reload();
    await expect(page.getByRole("list", { name: say("users.sessions.title") }).getByRole("listitem")).toHaveCount(1);
    await page.getByRole("button", { name: say("users.state.deactivate"), exact: true }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: say("users.state.deactivate"), exact: true })
      .click();
    await expect(page.getByText(say("users.state.done.deactivate", { name }))).toBeVisible();
    await expect(other).toHaveURL(/\/login/, { timeout: 15_000 });
    await page.getByRole("button", { name: say("users.state.activate"), exact: true }).click();
    await expect(page.getByText(say("users.state.done.activate", { name }))).toBeVisible();
    expect((await getUser(person)).state).toBe("active");
  });
  await other.context().close();
});

test("a shared server: seen, started, and gone when the sharing ends", async ({
  page,
  browser,
  app,
  say,
  checkAccess,
}) => {
  const serverId = await makeServer(app, "Shared world");
  const guest = await addAccount(administer);
  const theirs = await openAs(browser, page, { app, say, username: guest.username });
  await expect(theirs.getByText(say("servers.empty.title"))).toBeVisible();

  await page.goto(`/servers/${serverId}/members`);
  await expect(page.getByText(say("members.empty.title"))).toBeVisible();
  await checkAccess(page);
  await page.getByRole("button", { name: say("members.add"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say("members.username")).fill("nobody-of-this-name");
  await dialog.getByRole("button", { name: say("members.submitAdd"), exact: true }).click();
  await expect(dialog.getByText(say("members.notFound"))).toBeVisible();
  await dialog.getByLabel(say("members.username")).fill(guest.username);
  await dialog.getByRole("button", { name: say("members.presets.playMaster") }).click();
  await checkAccess(page);
  await dialog.getByRole("button", { name: say("members.submitAdd"), exact: true }).click();
  await expect(page.getByText(say("members.added", { server: "Shared world", name: guest.username }))).toBeVisible();
  await checkWidth(page);

  await test.step("the other person sees whose it is, and starts it", async () => {
    await expect(theirs.getByText(say("servers.sharedBy", { name: founder }))).toBeVisible();
    await theirs.getByRole("link", { name: "Shared world" }).click();
    await theirs.getByRole("button", { name: say("servers.actions.label.start"), exact: true }).click();
    await expect(theirs.getByText(say("servers.state.running"), { exact: true }).first()).toBeVisible({
      timeout: 30_000,
    });
    await theirs.getByRole("link", { name: say("servers.tabs.members") }).click();
    await expect(theirs.getByRole("button", { name: say("members.leave") })).toBeVisible();
    await expect(theirs.getByRole("button", { name: say("members.add"), exact: true })).toHaveCount(0);
  });

  await test.step("removed: the page says that it is gone", async () => {
    await page.getByRole("button", { name: say("members.removeName", { name: guest.username }) }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: say("members.remove"), exact: true })
      .click();
    await expect(page.getByText(say("members.removed", { name: guest.username }))).toBeVisible();
    await expect(theirs.getByText(say("servers.detail.gone.title"))).toBeVisible({ timeout: 10_000 });
  });
  await administer("servers.kill", { serverId });

  await test.step("shared again: the other person leaves", async () => {
    await administer("servers.setMember", { serverId, username: guest.username, permissions: ["servers.view"] });
    await theirs.goto(`/servers/${serverId}/members`);
    await expect(theirs.getByRole("button", { name: say("servers.actions.label.start"), exact: true })).toHaveCount(0);
    await theirs.getByRole("button", { name: say("members.leave") }).click();
    await theirs
      .getByRole("alertdialog")
      .getByRole("button", { name: say("members.leave") })
      .click();
    await expect(theirs).toHaveURL(/\/servers$/);
    await untilTakenOver(theirs);
    await expect(theirs.getByText(say("servers.empty.title"))).toBeVisible();
    await expect(page.getByText(say("members.empty.title"))).toBeVisible();
  });
  await theirs.context().close();
});

test("deleted with the servers given to somebody else; all of it in the audit log, exported", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const [leaver, heir] = [await addAccount(administer), await addAccount(administer)];
  const serverId = await makeServer(app, "Old keep", await tokenOf(app, leaver));
  await page.goto(`/users/${leaver.id}`);
  await page.getByRole("button", { name: say("users.delete.button") }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("Old keep")).toBeVisible();
  const confirm = dialog.getByRole("button", { name: say("users.delete.confirm") });
  await dialog.getByRole("textbox").fill(leaver.username);
  await expect(confirm).toBeDisabled();
  await dialog.getByRole("combobox").click();
  await page.getByPlaceholder(say("users.delete.transferSearch")).fill(heir.username);
  await page.getByRole("option", { name: heir.username }).click();
  await checkAccess(page);
  await confirm.click();
  await expect(page).toHaveURL(/\/users$/);
  await expect(page.getByText(say("users.delete.done", { name: leaver.username }))).toBeVisible();
  const server = (await administer("servers.get", { serverId }, "query")) as { ownerName: string };
  expect(server.ownerName).toBe(heir.username);

  await test.step("the audit log shows it, filtered in the address", async () => {
    await page.goto("/audit");
    await expect(page.getByRole("list", { name: say("audit.title") })).toContainText(say("audit.actions.users.delete"));
    await checkAccess(page);
    await checkWidth(page);
    await page.getByRole("combobox", { name: say("audit.filter.action") }).click();
    await page.getByRole("option", { name: say("audit.actions.users.delete"), exact: true }).click();
    await expect(page).toHaveURL(/action=users\.delete/);
    await page.getByRole("searchbox", { name: say("audit.search.label") }).fill(leaver.username);
    await expect(page).toHaveURL(new RegExp(`q=${leaver.username}`));
    const entries = page.getByRole("list", { name: say("audit.title") }).getByRole("button", { expanded: false });
    await expect(entries).toHaveCount(1);
    await entries.first().click();
    await expect(page.getByText(`"toUserId": "${heir.id}"`)).toBeVisible();
    await checkAccess(page);
    await page.reload();
    await expect(entries).toHaveCount(1);
  });

  await test.step("exports what is filtered", async () => {
    await page.getByRole("button", { name: say("audit.export.button") }).click();
    const started = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: say("audit.export.csv") }).click();
    const download = await started;
    expect(download.suggestedFilename()).toMatch(/^mcsd-audit-.*\.csv$/);
    const lines = (await readFile(await download.path(), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain("users.delete");
    expect(lines[1]).toContain(leaver.username);
  });
});

test("the settings switch registration off and on", async ({ page, browser, app, say, checkAccess }) => {
  await page.goto("/system");
  const toggle = page.getByRole("switch", { name: say("settings.registration.label") });
  await expect(toggle).toBeChecked();
  await checkAccess(page);
  await checkWidth(page);
  await toggle.click();
  await expect(page.getByText(say("settings.registration.savedOff"))).toBeVisible();
  const context = await browser.newContext({ locale: await page.evaluate(() => navigator.language) });
  const stranger = asPeopleSee(await context.newPage());
  await stranger.goto(`${app.url}/register`);
  await expect(stranger.getByText(say("auth.register.closed.title"))).toBeVisible();
  await toggle.click();
  await expect(page.getByText(say("settings.registration.savedOn"))).toBeVisible();
  await stranger.reload();
  await expect(stranger.getByRole("button", { name: say("auth.register.submit") })).toBeVisible();
  await stranger.context().close();
});

test("somebody who may not see the pages is told so", async ({ page, browser, app, say, checkAccess }) => {
  const person = await addAccount(administer);
  const theirs = await openAs(browser, page, { app, say, username: person.username });
  for (const path of ["/users", "/users/permissions", "/audit"]) {
    await theirs.goto(path);
    await expect(theirs.getByText(say("users.denied.title"))).toBeVisible();
    await checkAccess(theirs);
  }
  await expect(theirs.getByRole("link", { name: say("nav.users"), exact: true })).toHaveCount(0);
  await theirs.context().close();
});
