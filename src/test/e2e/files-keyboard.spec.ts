import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type Say, test } from "./app-fixture";
import { founder, setUpFounder, signIn, watchProblems } from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6002" } });

let serverId: string;
let folder: string;

test.beforeAll(async ({ app }) => {
  const administer = await setUpFounder(app);
  const input = { name: "Keys", type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  serverId = ((await administer("servers.create", input)) as { id: string }).id;
  folder = join(app.dataDir, "servers", serverId, "keys");
});

test.beforeEach(async () => {
  await rm(folder, { recursive: true, force: true });
  for (const name of ["delta", "echo"]) await mkdir(join(folder, name), { recursive: true });
  for (const name of ["alpha.txt", "beta.txt", "gamma.txt"]) await writeFile(join(folder, name), name);
});

const list = (page: Page, say: Say, name: string) =>
  page.getByRole("grid", { name: say("files.manager.list", { folder: name }) });
const row = (page: Page, name: string) => page.getByRole("row").filter({ hasText: name });
const here = (name = "") => readdir(join(folder, name)).then((names) => names.sort().join(" "));

/** Goes through a menu. */
async function toItem(page: Page, target: ReturnType<Page["getByRole"]>): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("ArrowDown");
  }
  await expect(target).toBeFocused();
}

async function tabInto(page: Page, key: "Tab" | "Shift+Tab", target: ReturnType<Page["getByRole"]>): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

/** What a screen reader is told of the entry that keys act on. */
async function expectActive(page: Page, name: string): Promise<void> {
  const id = async () => (await page.getByRole("grid").getAttribute("aria-activedescendant")) ?? "none";
  await expect(async () => {
    await expect(page.locator(`[id="${await id()}"]`)).toContainText(name, { timeout: 500 });
  }).toPass({ timeout: 10_000 });
}

test("everything without a mouse @keyboard", async ({ page, say, checkAccess }) => {
  const problems = watchProblems(page);
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}/files/keys`);
  const grid = list(page, say, "keys");
  await expect(row(page, "alpha.txt")).toBeVisible();

  // Into the list, through it, and to a name.
  await tabInto(page, "Tab", grid);
  await expect(grid).toHaveAttribute("aria-rowcount", "6");
  await press("ArrowDown", "ArrowDown");
  await expectActive(page, "echo");
  await press("End");
  await expectActive(page, "gamma.txt");
  await press("Home");
  await expectActive(page, "delta");
  await page.keyboard.type("be");
  await expectActive(page, "beta.txt");
  await expect(row(page, "beta.txt")).toHaveAttribute("aria-selected", "true");

  // Renamed, and back.
  await press("F2");
  await expect(page.getByLabel(say("files.manager.rename.label", { name: "beta.txt" }))).toBeFocused();
  await page.keyboard.type("bravo");
  await press("Enter");
  await expect.poll(() => here()).toContain("bravo.txt");
  await expect(grid).toBeFocused();
  await press("Control+z");
  await expect.poll(() => here()).toContain("beta.txt");
  await expect(row(page, "beta.txt")).toBeVisible();

  // Several deleted, and back; all selected, and none.
  await press("Home", "End", "Shift+ArrowUp");
  await expect(page.locator("[role=row][aria-selected=true]")).toHaveCount(2);
  await press("Delete");
  await expect(row(page, "beta.txt")).toHaveCount(0);
  await expect.poll(() => here()).toBe("alpha.txt delta echo");
  await expectActive(page, "alpha.txt");
  await expect(grid).toBeFocused();
  await press("Control+z");
  await expect.poll(() => here()).toBe("alpha.txt beta.txt delta echo gamma.txt");
  await expect(row(page, "gamma.txt")).toBeVisible();
  await press("Control+a");
  await expect(page.locator("[role=row][aria-selected=true]")).toHaveCount(5);
  await checkAccess(page);
  await press("Escape");
  await expect(page.locator("[role=row][aria-selected=true]")).toHaveCount(0);

  // The menu of an entry, and a folder to move it to.
  await page.keyboard.type("gam");
  await press("Shift+F10");
  const menu = page.getByRole("menu", { name: say("files.manager.menu.actions") });
  await expect(menu).toContainText("gamma.txt");
  await press("Escape");
  await expect(menu).toHaveCount(0);
  await expect(grid).toBeFocused();
  await press("ContextMenu");
  await toItem(page, page.getByRole("menuitem", { name: say("files.manager.actions.moveTo") }));
  await press("Enter");
  const dialog = page.getByRole("dialog");
  await tabInto(page, "Tab", dialog.getByRole("treeitem", { name: "keys", exact: true }));
  await expect(dialog.getByRole("treeitem", { name: "delta", exact: true })).toBeVisible();
  await press("ArrowLeft", "ArrowRight", "ArrowRight", "e", "d", "Enter");
  await tabInto(page, "Tab", dialog.getByRole("button", { name: say("files.manager.choose.move"), exact: true }));
  await press("Enter");
  await expect.poll(() => here("delta")).toBe("gamma.txt");
  await expect(grid).toBeFocused();

  // Cut, into an empty folder, pasted, and up again.
  await press("Home", "End");
  await expectActive(page, "beta.txt");
  await press("Control+x", "Home", "ArrowDown", "Enter");
  await expect(page.getByRole("group", { name: say("files.manager.list", { folder: "echo" }) })).toBeFocused();
  await press("Control+v");
  await expect.poll(() => here("echo")).toBe("beta.txt");
  await expect(list(page, say, "echo")).toBeFocused();
  await press("Backspace");
  await expect(grid).toBeFocused();
  await expectActive(page, "echo");

  // Copied: what is gone meanwhile is named, the rest goes on.
  await press("Control+v", "Home", "Shift+End", "Control+c");
  await rm(join(folder, "echo"), { recursive: true });
  await press("Home", "Enter");
  await expect(list(page, say, "delta")).toBeFocused();
  await press("Control+v");
  await expect.poll(() => here("delta")).toBe("alpha.txt gamma.txt");
  await expect(page.getByText(say("files.manager.done.failed", { count: 2 }))).toBeVisible();

  // By the breadcrumbs to the top; a folder and a file are made there.
  await tabInto(page, "Shift+Tab", page.getByRole("link", { name: say("files.manager.top") }));
  await press("Enter");
  const top = list(page, say, say("files.manager.top"));
  await expect(top).toBeFocused();
  await expectActive(page, "keys");
  for (const [kind, name] of [
    ["newFolder", "made"],
    ["newFile", "made.txt"],
  ] as const) {
    await tabInto(page, "Shift+Tab", page.getByRole("button", { name: say("files.manager.new") }));
    await press("Enter");
    await toItem(page, page.getByRole("menuitem", { name: say(`files.manager.actions.${kind}`) }));
    await press("Enter");
    await expect(page.getByRole("dialog").getByLabel(say("files.manager.create.name"))).toBeFocused();
    await page.keyboard.type(name);
    await press("Enter");
    if (kind === "newFolder") await expectActive(page, "made");
    if (kind === "newFolder") await expect(top).toBeFocused();
  }
  await expect(page.locator(".cm-content")).toBeVisible();
  await page.goBack();
  await expect(top).toBeFocused();
  await expectActive(page, "made.txt");
  expect(problems).toEqual([]);
});

test("dragged: onto a folder, into the tree, and onto the way @mouse", async ({ page, say }) => {
  const problems = watchProblems(page);
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}/files/keys`);
  const entry = (name: string) => row(page, name).getByText(name, { exact: true });
  const node = (name: string) => page.getByRole("treeitem", { name, exact: true }).getByText(name, { exact: true });
  await entry("alpha.txt").dragTo(row(page, "delta"));
  await expect.poll(() => here("delta")).toBe("alpha.txt");
  await expect(row(page, "alpha.txt")).toHaveCount(0);

  // Both that are selected go, and come back.
  await row(page, "beta.txt").click({ position: { x: 300, y: 10 } });
  await row(page, "gamma.txt").click({ position: { x: 300, y: 10 }, modifiers: ["Shift"] });
  await entry("beta.txt").dragTo(node("echo"));
  await expect.poll(() => here("echo")).toBe("beta.txt gamma.txt");
  await page
    .getByRole("button", { name: say("files.manager.done.undo") })
    .first()
    .click();
  await expect.poll(() => here()).toBe("beta.txt delta echo gamma.txt");

  // A folder goes nowhere into itself.
  await entry("delta").dragTo(node("delta"));
  await expect.poll(() => here()).toBe("beta.txt delta echo gamma.txt");

  await page.goto(`/servers/${serverId}/files/keys/delta`);
  await entry("alpha.txt").dragTo(page.getByRole("link", { name: "keys", exact: true }));
  await expect.poll(() => here()).toBe("alpha.txt beta.txt delta echo gamma.txt");
  expect(problems).toEqual([]);
});
