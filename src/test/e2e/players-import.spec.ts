import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { buildStandIn } from "../stand-in/build-stand-in";
import { test } from "./app-fixture";
import { type Administer, checkWidth, founder, setUpFounder, signIn, watchProblems } from "./people-account";

const root = mkdtempSync(join(tmpdir(), "mcsd-browser-import-"));
chmodSync(root, 0o755);

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6002", IMPORT_ROOT: root } });

let administer: Administer;

test.beforeAll(async ({ app }) => {
  mkdirSync(join(root, "evening/world"), { recursive: true });
  copyFileSync(await buildStandIn(), join(root, "evening/server.jar"));
  writeFileSync(join(root, "evening/server.properties"), "server-port=25570\nmotd=Evening\nonline-mode=false\n");
  writeFileSync(join(root, "evening/eula.txt"), "eula=true\n");
  writeFileSync(join(root, "evening/start.sh"), "java -Xmx512M -jar server.jar nogui\n");
  writeFileSync(join(root, "evening/world/level.dat"), "x");
  const schedule = {
    name: "Nightly",
    is_active: true,
    cron: { minute: "30", hour: "3", day_of_month: "*", month: "*", day_of_week: "*" },
  };
  const tasks = (action: string) => ({ relationships: { tasks: { data: [{ attributes: { action } }] } } });
  const data = [
    { attributes: { ...schedule, ...tasks("backup") } },
    { attributes: { ...schedule, name: "Restart", ...tasks("power") } },
  ];
  writeFileSync(join(root, "evening/schedules.json"), JSON.stringify({ data }));
  administer = await setUpFounder(app);
});
test.afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a folder becomes a server, whose players are seen, kicked and listed", async ({ page, say, checkAccess }) => {
  const problems = watchProblems(page);
  await signIn(page, say, founder);
  await page.goto("/servers/import");
  await page.getByRole("tab", { name: say("imports.folder.title") }).click();
  await page.getByRole("button", { name: new RegExp(`^${say("imports.folder.takeThis")}.*evening$`) }).click();
  await page.getByLabel(say("imports.fields.name"), { exact: true }).fill("Evening");
  await page.getByLabel(say("imports.fields.version"), { exact: true }).fill("1.20.4");
  await expect(page.getByRole("radio", { name: /^Nightly/ })).toBeChecked();
  await expect(page.getByText(say("imports.schedules.reasons.other_action"))).toBeVisible();
  await page.getByLabel(say("imports.schedules.keep")).fill("5");
  await checkWidth(page);
  await checkAccess(page);
  await page.getByRole("button", { name: say("imports.submit"), exact: true }).click();
  await expect(page).toHaveURL(/\/servers\/[0-9a-f-]{36}$/, { timeout: 30_000 });
  const serverId = page.url().split("/").at(-1) ?? "";

  await page.goto(`/servers/${serverId}/snapshots/schedule`);
  await expect(page.getByLabel(say("snapshots.scheduleForm.expression"))).toHaveValue("30 3 * * *");
  await administer("servers.start", { serverId, wait: true });
  for (const name of ["Notch", "Steve"]) await administer("console.command", { serverId, command: `join ${name}` });
  await page.goto(`/servers/${serverId}/players`);
  await page.getByRole("button", { name: say("players.menu", { name: "Steve" }) }).click();
  await page.getByRole("menuitem", { name: say("players.kick.action") }).click();
  await page.getByLabel(say("players.reason")).fill("Good night");
  await page.getByRole("button", { name: say("players.kick.submit"), exact: true }).click();
  await expect(page.getByRole("button", { name: say("players.menu", { name: "Steve" }) })).toHaveCount(0);
  await page.getByLabel(say("players.lists.addTo.whitelist")).fill("Alex");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: new RegExp(`^${say("players.lists.remove")}.*Alex$`) })).toBeVisible();
  await page.getByRole("tab", { name: say("players.history.sessions") }).click();
  await expect(page.getByText(say("players.history.ends.left"), { exact: true })).toBeVisible();
  await checkWidth(page);
  await checkAccess(page);

  await page.goto("/players");
  await expect(page.getByRole("button", { name: say("players.menu", { name: "Notch" }) })).toBeVisible();
  await checkWidth(page);
  await checkAccess(page);
  await administer("servers.kill", { serverId });
  await expect(page.getByText(say("players.empty.title"))).toBeVisible();

  await page.goto(`/servers/${serverId}/settings`);
  await page.getByRole("button", { name: say("imports.copy.template.button") }).click();
  await page.getByRole("button", { name: say("imports.copy.template.submit"), exact: true }).click();
  await page.goto("/servers/new");
  await page.getByRole("button", { name: "Evening", exact: true }).click();
  await expect(page.getByLabel(say("create.rules.motd"))).toHaveValue("Evening");
  await checkWidth(page);
  expect(problems).toEqual([]);
});
