import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { type App, asPeopleSee, type Say, test } from "./app-fixture";
import {
  type Administer,
  addAccount,
  checkWidth,
  founder,
  setUpFounder,
  signIn,
  watchProblems,
} from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6000" } });

let administer: Administer;
let serverId: string;
const shots = process.env.FILES_SHOTS;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
  const input = { name: "Painted", type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  serverId = ((await administer("servers.create", input)) as { id: string }).id;
});

const at = (app: App, ...names: string[]) => join(app.dataDir, "servers", serverId, ...names);
const words = (say: Say) => (key: string, values?: Record<string, string | number>) =>
  say(`files.properties.${key}`, values);
const look = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: join(shots, `${name}-${page.viewportSize()?.width}.png`) });
};

test("server.properties: found, checked, reviewed, saved without touching the rest", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const problems = watchProblems(page);
  const t = words(say);
  const file = at(app, "server.properties");
  await writeFile(file, `# kept\r\nmotd=a\\\r\n  b\r\nmy.plugin=x\r\n${await readFile(file, "utf8")}`);
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}/settings`);
  const form = page.getByRole("form", { name: t("title") });
  await expect(form.getByLabel(t("keys.max-players.label"))).toHaveValue("20");
  await expect(form.getByLabel(t("keys.motd.label"))).toHaveValue("ab");
  await checkAccess(page);
  await checkWidth(page);
  await form.scrollIntoViewIfNeeded();
  await look(page, "properties");

  const search = form.getByRole("searchbox", { name: t("search") });
  await search.fill("view-dist");
  const view = form.getByLabel(t("keys.view-distance.label"));
  await view.fill("33");
  await expect(form.getByText(t("faults.range", { min: 3, max: 32 }))).toBeVisible();
  await search.fill("");
  // Nothing is sent; what is wrong is shown, also where its group was closed.
  await form.getByRole("button", { name: t("review") }).click();
  await expect(view).toBeFocused();
  await look(page, "properties-fault");
  await view.fill("7");
  await search.fill("my.plugin");
  await form.getByLabel("my.plugin").fill("y é");
  await search.fill("");
  await form.getByLabel(t("keys.hardcore.label")).click();
  await form.getByRole("button", { name: t("review") }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("my.plugin=x");
  await expect(dialog).toContainText("view-distance=7");
  await checkAccess(page);
  await look(page, "properties-review");
  await dialog.getByRole("button", { name: say("common.save"), exact: true }).click();
  await expect(page.getByText(t("saved"))).toBeVisible();
  const saved = await readFile(file, "utf8");
  expect(saved.startsWith("# kept\r\nmotd=a\\\r\n  b\r\nmy.plugin=y \\u00e9\r\n")).toBe(true);
  expect(saved).toMatch(/^view-distance=7\r?$/m);
  expect(saved).toMatch(/^hardcore=true\r?$/m);

  await form.getByLabel(t("ownOnly")).click();
  await expect(form.getByLabel(t("keys.view-distance.label"))).toBeVisible();
  await expect(form.getByLabel(t("keys.max-players.label"))).toHaveCount(0);
  await page.getByRole("link", { name: t("raw") }).click();
  await expect(page.locator(".cm-content")).toContainText("# kept");
  await checkAccess(page);
  await checkWidth(page);
  await page.getByRole("link", { name: t("form") }).click();
  await expect(page).toHaveURL(/\/settings#properties$/);
  expect(problems).toEqual([]);
});

test("the icon: cut from a picture, shown, taken away", async ({ page, app, say, checkAccess }) => {
  const problems = watchProblems(page);
  const t = words(say);
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}/settings`);
  const choose = page.locator("input[type=file]");
  // Before the page is taken over nothing hears of the choice.
  await expect(async () => {
    await choose.setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("no picture") });
    await expect(page.getByText(t("icon.notImage")).first()).toBeVisible({ timeout: 1000 });
  }).toPass();
  await choose.setInputFiles({ name: "wide.png", mimeType: "image/png", buffer: await paint(page) });
  const dialog = page.getByRole("dialog");
  const area = dialog.getByLabel(t("icon.area"));
  await expect(area).toBeVisible();
  // The middle is red; two steps of the keyboard change nothing of that.
  await area.focus();
  await page.keyboard.press("ArrowLeft");
  await checkAccess(page);
  await look(page, "icon-crop");
  await dialog.getByRole("button", { name: say("common.save"), exact: true }).click();
  await expect(page.getByText(t("icon.saved"))).toBeVisible();
  const png = await readFile(at(app, "server-icon.png"));
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([64, 64]);
  const shown = page.getByRole("img", { name: t("icon.present") });
  await expect(shown).toHaveAttribute("src", `data:image/png;base64,${png.toString("base64")}`);
  // A square of red in a narrow frame: nothing was squeezed.
  for (const at of [
    [32, 32],
    [10, 32],
    [32, 10],
  ] as const)
    expect(await pixelOf(shown, at)).toEqual([255, 0, 0, 255]);
  for (const at of [
    [2, 32],
    [32, 2],
  ] as const)
    expect(await pixelOf(shown, at)).toEqual([0, 0, 255, 255]);
  // The header has it too.
  await expect(page.locator("header img[src^='data:image/png']").first()).toBeVisible();
  await checkWidth(page);
  await look(page, "icon");

  const refused = await page.request.put(`/api/servers/${serverId}/files?path=server-icon.png`, {
    data: await paint(page),
    headers: { origin: app.url },
  });
  expect((await refused.json()).error.details.reason).toBe("icon");
  await page.getByRole("button", { name: t("icon.remove"), exact: true }).click();
  await expect(page.getByText(t("icon.removed"))).toBeVisible();
  await expect(shown).toHaveCount(0);
  expect(problems).toEqual([]);
});

test("two people at one file: the second one is shown both, and nothing is lost", async ({
  page,
  app,
  say,
  browser,
}) => {
  const problems = watchProblems(page);
  await writeFile(at(app, "both.yml"), "a: 1\nb: 2\nc: 3\n", { mode: 0o666 });
  const other = await addAccount(administer, "operator");
  const second = await browser.newContext({
    baseURL: app.url,
    locale: say("common.save") === "Save" ? "en-GB" : "ja-JP",
  });
  const theirs = asPeopleSee(await second.newPage());
  await signIn(page, say, founder);
  await signIn(theirs, say, other.username);
  for (const one of [page, theirs]) {
    await one.goto(`/servers/${serverId}/files/both.yml`);
    await expect(one.locator(".cm-content")).toContainText("c: 3");
  }
  const write = async (one: Page, text: string) => {
    await one.locator(".cm-content").click();
    await one.keyboard.press("ControlOrMeta+a");
    await one.keyboard.insertText(text);
    await one.keyboard.press("ControlOrMeta+s");
  };
  await write(page, "a: 10\nb: 2\nc: 3\n");
  await expect(page.getByText(say("files.editor.saved"))).toBeVisible();
  await write(theirs, "a: 1\nb: 2\nc: 30\n");
  await expect(theirs.getByText(say("files.editor.conflict.clean"))).toBeVisible();
  expect(await readFile(at(app, "both.yml"), "utf8")).toBe("a: 10\nb: 2\nc: 3\n");
  await theirs.getByRole("button", { name: say("files.editor.conflict.save"), exact: true }).click();
  await expect(theirs.getByText(say("files.editor.saved"))).toBeVisible();
  expect(await readFile(at(app, "both.yml"), "utf8")).toBe("a: 10\nb: 2\nc: 30\n");
  await second.close();
  expect(problems).toEqual([]);
});

/** A wide picture with a red square in its middle. */
async function paint(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 600;
    canvas.height = 200;
    const context = canvas.getContext("2d");
    if (!context) return "";
    context.fillStyle = "#00f";
    context.fillRect(0, 0, 600, 200);
    context.fillStyle = "#f00";
    context.fillRect(220, 20, 160, 160);
    return canvas.toDataURL("image/png");
  });
  return Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
}

function pixelOf(image: ReturnType<Page["getByRole"]>, at: readonly [number, number]): Promise<number[]> {
  return image.evaluate((element, [x, y]) => {
    const canvas = document.createElement("canvas");
    canvas.width = 64;
    canvas.height = 64;
    const context = canvas.getContext("2d");
    if (!context || !(element instanceof HTMLImageElement)) return [];
    context.drawImage(element, 0, 0);
    return [...context.getImageData(x, y, 1, 1).data];
  }, at);
}
