import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type App, type Say, test } from "./app-fixture";
import { type Administer, checkWidth, founder, setUpFounder, signIn, watchProblems } from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6000" } });

const name = "Keepers' world";
let administer: Administer;
let serverId: string;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
  const input = { name, type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  serverId = ((await administer("servers.create", input)) as { id: string }).id;
  await administer("servers.start", { serverId, wait: true });
});

const notes = (app: App, folder = "") => join(app.dataDir, "servers", serverId, folder, "notes.txt");
const write = (app: App, text: string) => writeFile(notes(app), text, { mode: 0o666 });
const read = (app: App, folder?: string) => readFile(notes(app, folder), "utf8").catch(() => null);
const rows = (page: Page, say: Say) => page.getByRole("list", { name: say("snapshots.title"), exact: true });
const row = (page: Page, say: Say, text: string) => rows(page, say).getByRole("listitem").filter({ hasText: text });

test("take with a note, schedule, compare, restore a file, restore a running server, undo", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const problems = watchProblems(page);
  const base = `/servers/${serverId}`;
  const check = async () => {
    await checkAccess(page);
    await checkWidth(page);
  };
  await signIn(page, say, founder);
  await write(app, "one\ntwo\nthree\n");

  await test.step("the overview leads to the snapshots", async () => {
    await page.goto(base);
    const line = page.getByRole("region", { name: say("snapshots.last.open") });
    await expect(line.getByText(say("snapshots.verification.unknown"))).toBeVisible();
    await check();
    await line.getByRole("link").click();
    await expect(page).toHaveURL(/\/snapshots$/);
    await expect(row(page, say, say("snapshots.types.initial"))).toHaveCount(1);
    await check();
  });

  await test.step("take one with a note while the game runs", async () => {
    await page.getByRole("button", { name: say("snapshots.create") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: say("snapshots.createDialog.note") }).fill("Before the bridge");
    await check();
    await dialog.getByRole("button", { name: say("snapshots.createDialog.submit") }).click();
    await expect(dialog).toBeHidden();
    await expect(row(page, say, "Before the bridge").getByRole("link")).toBeVisible({ timeout: 30_000 });
    await check();
  });

  await test.step("filter by type, in the address", async () => {
    await page.getByRole("combobox", { name: say("snapshots.filter.type") }).click();
    await page.getByRole("option", { name: say("snapshots.types.scheduled") }).click();
    await expect(page.getByText(say("snapshots.noMatch.title"))).toBeVisible();
    await expect(page).toHaveURL(/type=scheduled/);
    await check();
    await page
      .getByRole("button", { name: say("snapshots.filter.reset") })
      .first()
      .click();
    await expect(row(page, say, "Before the bridge")).toBeVisible();
  });

  await test.step("verify", async () => {
    const bridge = row(page, say, "Before the bridge");
    await bridge.getByRole("button", { name: menuName(say) }).click();
    await page.getByRole("menuitem", { name: say("snapshots.actions.drill") }).click();
    await expect(bridge.getByText(goodMark(say))).toBeVisible({ timeout: 30_000 });
    await check();
  });

  await test.step("schedule: next five times, in words what is kept, a limit at its field", async () => {
    await page.getByRole("link", { name: say("snapshots.schedule") }).click();
    await page.getByRole("switch", { name: say("snapshots.scheduleForm.isEnabled") }).click();
    await page.getByRole("radio", { name: say("snapshots.scheduleForm.cron") }).check();
    await page.getByRole("button", { name: say("snapshots.scheduleForm.preset.daily") }).click();
    await check();
    const newest = page.getByRole("spinbutton", { name: say("snapshots.retention.last"), exact: true });
    await newest.fill("400");
    const save = page.getByRole("button", { name: say("common.save"), exact: true });
    await save.click();
    await expect(newest).toHaveAttribute("aria-invalid", "true");
    await expect(newest).toBeFocused();
    await check();
    await newest.fill("5");
    await save.click();
    await expect(page.getByText(say("snapshots.sent.schedule"))).toBeVisible();
    const times = page.getByRole("list", { name: say("snapshots.next.title") });
    await expect(times.getByRole("listitem")).toHaveCount(5);
    await check();
    await page.reload();
    await expect(page.getByRole("textbox", { name: say("snapshots.scheduleForm.expression") })).toHaveValue(
      "0 4 * * *",
    );
    await page.getByRole("link", { name: say("snapshots.scheduleForm.back") }).click();
  });

  await test.step("compare after an edit, line by line", async () => {
    await write(app, "one\n2\nthree\n");
    await row(page, say, "Before the bridge").getByRole("link").click();
    await expect(page.getByRole("list", { name: say("snapshots.browse.label") })).toContainText("notes.txt");
    await check();
    await page.getByRole("tab", { name: say("snapshots.detail.tabs.compare") }).click();
    const changes = page.getByRole("list", { name: say("snapshots.compare.label") });
    const change = changes.getByRole("listitem").filter({ hasText: "notes.txt" });
    await expect(change).toContainText(say("snapshots.compare.changed"));
    await change.getByRole("button", { name: `${say("snapshots.compare.diff")}: notes.txt` }).click();
    const lines = page.getByRole("region", { name: say("snapshots.compare.diffOf", { path: "notes.txt" }) });
    await expect(lines).toContainText("two");
    await expect(lines.getByText("2", { exact: true }).last()).toBeVisible();
    await check();
  });

  await test.step("restore one file beside, while the game runs", async () => {
    await page.getByRole("tab", { name: say("snapshots.detail.tabs.files") }).click();
    await page.getByRole("checkbox", { name: say("snapshots.browse.select", { name: "notes.txt" }) }).check();
    await page.getByRole("button", { name: say("snapshots.select.restore") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: say("snapshots.files.folder") }).fill("from-before");
    await check();
    await dialog.getByRole("button", { name: say("snapshots.files.confirm") }).click();
    await expect(dialog).toBeHidden();
    await expect.poll(() => read(app, "from-before"), { timeout: 30_000 }).toBe("one\ntwo\nthree\n");
    expect(await read(app)).toBe("one\n2\nthree\n");
  });

  await test.step("the map of the world picks a region", async () => {
    await page.getByRole("tab", { name: say("snapshots.detail.tabs.regions") }).click();
    const region = page.getByRole("button", { name: /0, 0/ });
    await region.focus();
    await page.keyboard.press("Space");
    await expect(region).toHaveAttribute("aria-pressed", "true");
    await check();
    await page.getByRole("button", { name: say("snapshots.select.clear") }).click();
    await page.getByRole("tab", { name: say("snapshots.detail.tabs.files") }).click();
  });

  await test.step("restore one file into place, while the game is stopped", async () => {
    await administer("servers.stop", { serverId, wait: true });
    await expect(page.getByText(say("servers.state.stopped"), { exact: true }).first()).toBeVisible();
    await page.getByRole("checkbox", { name: say("snapshots.browse.select", { name: "notes.txt" }) }).check();
    await page.getByRole("button", { name: say("snapshots.select.restore") }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("radio", { name: say("snapshots.files.place") })).toBeChecked();
    await dialog.getByRole("button", { name: say("snapshots.files.confirm") }).click();
    await expect.poll(() => read(app), { timeout: 30_000 }).toBe("one\ntwo\nthree\n");
    await expect(page.getByRole("region", { name: say("snapshots.undo.button") })).toBeVisible();
    await check();
    await administer("servers.start", { serverId, wait: true });
  });

  await test.step("restore all of the running server: says what happens and asks for the name", async () => {
    await write(app, "lost\n");
    await page.goto(`${base}/snapshots`);
    await expect(page.getByText(say("servers.state.running"), { exact: true }).first()).toBeVisible();
    const bridge = row(page, say, "Before the bridge");
    await bridge.getByRole("button", { name: restoreName(say) }).click();
    const dialog = page.getByRole("dialog");
    const confirm = dialog.getByRole("button", { name: say("snapshots.restore.confirmRunning") });
    await expect(confirm).toBeDisabled();
    await expect(dialog.getByRole("listitem")).toHaveCount(5);
    await check();
    await dialog.getByRole("textbox").fill(name);
    await confirm.click();
    await expect.poll(() => read(app), { timeout: 60_000 }).toBe("one\ntwo\nthree\n");
    await expect(row(page, say, say("snapshots.types.pre_restore"))).not.toHaveCount(0);
    await expect(page.getByText(say("servers.state.running"), { exact: true }).first()).toBeVisible({
      timeout: 30_000,
    });
    await check();
  });

  await test.step("undo", async () => {
    const undo = page.getByRole("button", { name: say("snapshots.undo.button") });
    await expect(undo).toBeEnabled({ timeout: 30_000 });
    await undo.click();
    await check();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: say("snapshots.undo.confirm") })
      .click();
    await expect.poll(() => read(app), { timeout: 60_000 }).toBe("lost\n");
    await expect(undo).toBeHidden({ timeout: 30_000 });
  });

  await test.step("pin, then delete, which says what is lost", async () => {
    const bridge = row(page, say, "Before the bridge");
    const menu = bridge.getByRole("button", { name: menuName(say) });
    await menu.click();
    await page.getByRole("menuitem", { name: say("snapshots.actions.pin"), exact: true }).click();
    await expect(bridge.getByText(say("snapshots.pinned"), { exact: true })).toBeVisible();
    await menu.click();
    await expect(page.getByRole("menuitem", { name: say("snapshots.actions.deletePinned") })).toBeDisabled();
    await page.getByRole("menuitem", { name: say("snapshots.actions.unpin"), exact: true }).click();
    await expect(bridge.getByText(say("snapshots.pinned"), { exact: true })).toBeHidden();
    await menu.click();
    await page.getByRole("menuitem", { name: say("snapshots.actions.delete"), exact: true }).click();
    await check();
    await page.getByRole("button", { name: say("snapshots.delete.confirm") }).click();
    await expect(bridge).toHaveCount(0);
  });

  expect(problems).toEqual([]);
});

/** Names that hold the snapshot's own, whichever number it has. */
const around = (text: string) =>
  new RegExp(
    text
      .split("@")
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
      .join(".*"),
  );
const menuName = (say: Say) => around(say("snapshots.actions.menu", { name: "@" }));
const restoreName = (say: Say) => around(say("snapshots.actions.restoreName", { name: "@" }));
const goodMark = (say: Say) => around(say("snapshots.verification.good", { when: "@" }));
