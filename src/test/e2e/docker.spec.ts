import { expect } from "@playwright/test";
import type Docker from "dockerode";
import { findEngine, missingEngine } from "../docker/find-engine";
import { buildMinecraftImage } from "../docker/minecraft-image";
import { test } from "./app-fixture";
import { checkWidth, founder, setUpFounder, signIn, watchProblems } from "./people-account";

const name = "Harbour";
const label = "mcsd.installation";
let docker: Docker | null = null;
let installation: string | undefined;

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a fixture needs from this pattern
  programEnv: async ({}, use) => {
    docker = await findEngine();
    const image: Record<string, string> = docker ? { MINECRAFT_IMAGE: (await buildMinecraftImage()).name } : {};
    await use({ LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6001", ...image });
  },
});

const ownFilter = () => ({ label: [`${label}=${installation}`] });
const ownContainers = async () =>
  (installation && (await docker?.listContainers({ all: true, filters: ownFilter() }))) || [];

test.afterAll(async () => {
  if (!docker || !installation) return;
  for (const { Id } of await ownContainers()) await docker.getContainer(Id).remove({ force: true, v: true });
  for (const { Id } of await docker.listNetworks({ filters: ownFilter() })) await docker.getNetwork(Id).remove();
});

test("create in a container, start, console, stop, change to a process, start, delete", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  test.skip(docker === null, missingEngine);
  const problems = watchProblems(page);
  let shots = 0;
  const check = async () => {
    await checkAccess(page);
    await checkWidth(page);
    const folder = process.env.DOCKER_SHOTS;
    if (folder)
      await page.screenshot({ path: `${folder}/${page.viewportSize()?.width}-${++shots}.png`, fullPage: true });
  };
  const state = (wanted: string) => page.getByText(say(`servers.state.${wanted}`), { exact: true }).first();
  const act = (action: string) =>
    page.getByRole("button", { name: say(`servers.actions.label.${action}`), exact: true }).click();
  const kind = (wanted: string) => page.getByRole("radio", { name: say(`launch.kinds.${wanted}`), exact: true });

  await setUpFounder(app);
  await signIn(page, say, founder);

  await test.step("the system page tells of the engine", async () => {
    await page.goto("/system");
    await expect(page.getByText(say("launch.engines.reachable"), { exact: true }).first()).toBeVisible();
    await expect(page.getByText(say("launch.engines.liveRestore")).first()).toBeVisible();
    await check();
  });

  await test.step("create", async () => {
    await page.goto("/servers/new");
    await page.getByRole("radio", { name: /vanilla/i }).click();
    await page.getByRole("combobox", { name: say("create.version.label") }).click();
    await page.getByPlaceholder(say("create.version.search")).fill("1.20.4");
    await page.getByRole("option", { name: /1\.20\.4/ }).click();
    await expect(kind("host")).toBeChecked();
    await kind("dood").click();
    await expect(page.getByText(say("launch.java.fixed", { major: "17" }))).toBeVisible();
    await page.getByRole("combobox", { name: say("servers.settings.java"), exact: true }).click();
    await expect(page.getByRole("option")).toHaveText([
      say("servers.settings.javaAuto", { major: "17" }),
      ...["8", "11", "16", "17", "21", "25"].map((major) => say("servers.settings.javaMajor", { major })),
    ]);
    await page.keyboard.press("Escape");
    await page.getByRole("checkbox").first().check();
    await page.getByLabel(say("create.name.label"), { exact: true }).fill(name);
    await check();
    await page.getByRole("button", { name: say("create.submit") }).click();
    await expect(page).toHaveURL(/\/servers\/[0-9a-f-]{36}$/, { timeout: 30_000 });
    await expect(page.getByText(say("launch.container.none"))).toBeVisible();
  });
  const serverPage = page.url();
  const serverId = serverPage.slice(-36);

  await test.step("start: its container is on the page as the engine knows it", async () => {
    await act("start");
    await expect(state("running")).toBeVisible({ timeout: 30_000 });
    const [found] = (await docker?.listContainers({ filters: { label: [`mcsd.server=${serverId}`] } })) ?? [];
    installation = found?.Labels[label];
    expect(installation).toBeDefined();
    await expect(page.getByText(found?.Id.slice(0, 12) ?? "")).toBeVisible();
    await expect(page.getByText(found?.Image ?? "", { exact: true })).toBeVisible();
    await check();
  });

  await test.step("console", async () => {
    await page.getByRole("link", { name: say("servers.tabs.console") }).click();
    await expect(page.locator(".xterm-rows")).toContainText("Done (", { timeout: 15_000 });
    const command = page.getByRole("combobox", { name: say("console.command.label") });
    await command.fill("say hello from the page");
    await command.press("Enter");
    await expect(page.locator(".xterm-rows")).toContainText("hello from the page");
  });

  await test.step("stop, then run it as a process", async () => {
    await page.goto(serverPage);
    await act("stop");
    await expect(state("stopped")).toBeVisible({ timeout: 30_000 });
    await page.goto(`${serverPage}/settings`);
    await expect(kind("dood")).toBeChecked();
    await page.getByLabel(say("servers.settings.cpuLimit"), { exact: true }).fill("1.5");
    await page
      .getByRole("button", { name: say("common.save"), exact: true })
      .first()
      .click();
    await expect(page.getByText(say("servers.settings.saved"))).toBeVisible();
    await check();
    await kind("host").click();
    await expect(page.getByText(say("launch.change.toHost", { major: "17" }))).toBeVisible();
    await check();
    await page
      .getByRole("button", { name: say("common.save"), exact: true })
      .first()
      .click();
    await expect.poll(ownContainers).toEqual([]);
    await page.goto(serverPage);
    await act("start");
    await expect(state("running")).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText(say("launch.container.title"), { exact: true })).toHaveCount(0);
    await act("stop");
    await expect(state("stopped")).toBeVisible({ timeout: 30_000 });
  });

  await test.step("delete", async () => {
    await page.goto(`${serverPage}/settings`);
    await page.getByRole("button", { name: say("servers.delete.button") }).click();
    const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
    await dialog.getByRole("textbox").fill(name);
    await dialog.getByRole("button", { name: say("servers.delete.confirm") }).click();
    await expect(page).toHaveURL(/\/servers$/, { timeout: 15_000 });
  });
  expect(problems).toEqual([]);
});
