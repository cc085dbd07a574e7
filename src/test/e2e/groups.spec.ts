import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { test } from "./app-fixture";
import { type Administer, checkWidth, founder, setUpFounder, signIn, watchProblems } from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6002" } });

let administer: Administer;
let serverId: string;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
  const server = { name: "Lobby", type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  const input = { ...server, properties: { "online-mode": "false" } };
  serverId = ((await administer("servers.create", input)) as { id: string }).id;
});

test("a whitelist is made, reaches a server, and what somebody changed there is taken over", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const problems = watchProblems(page);
  const file = join(app.dataDir, "servers", serverId, "whitelist.json");
  const names = async () => (JSON.parse(await readFile(file, "utf8")) as { name: string }[]).map(({ name }) => name);
  await signIn(page, say, founder);
  await page.goto("/groups");
  await page
    .getByRole("button", { name: say("groups.create.button") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say("groups.name"), { exact: true }).fill("Regulars");
  await dialog.getByRole("button", { name: say("groups.create.submit") }).click();
  await expect(page.getByRole("heading", { name: "Regulars" })).toBeVisible();

  await page.getByRole("button", { name: say("groups.players.add") }).click();
  await dialog.getByLabel(say("groups.players.names")).fill("Steve, Alex\nsteve Jeb_");
  await expect(dialog.getByText(say("groups.players.found", { count: 3 }))).toBeVisible();
  await dialog.getByRole("button", { name: say("groups.players.submitAdd") }).click();
  await expect(page.getByRole("list", { name: say("groups.players.list") }).getByRole("listitem")).toHaveCount(3);

  await page.getByRole("button", { name: say("groups.servers.attach") }).click();
  await dialog.getByLabel(say("groups.attach.server"), { exact: true }).click();
  await page.getByRole("option", { name: "Lobby" }).click();
  await expect(dialog.getByText(say("groups.attach.preview.add", { count: 3 }))).toBeVisible();
  await checkAccess(page);
  await dialog.getByRole("button", { name: say("groups.attach.submit") }).click();
  const server = page
    .getByRole("list", { name: say("groups.servers.list") })
    .getByRole("listitem")
    .first();
  await expect(server.getByText(say("groups.states.synced"))).toBeVisible();
  expect(await names()).toEqual(["Alex", "Jeb_", "Steve"]);

  const changed = [{ uuid: crypto.randomUUID(), name: "Guest" }, ...JSON.parse(await readFile(file, "utf8")).slice(1)];
  await writeFile(file, JSON.stringify(changed));
  await page.reload();
  await server.getByRole("button", { name: say("groups.drift.undoName.missing", { name: "Alex" }) }).click();
  await server.getByRole("button", { name: say("groups.drift.adoptName.extra", { name: "Guest" }) }).click();
  await expect(server.getByRole("list", { name: say("groups.drift.list", { name: "Lobby" }) })).toBeHidden();
  await expect.poll(names).toEqual(["Guest", "Jeb_", "Steve", "Alex"]);
  await checkWidth(page);
  await checkAccess(page);
  await page.getByRole("button", { name: say("groups.delete"), exact: true }).click();
  const confirm = page.getByRole("alertdialog");
  await expect(confirm.getByText(say("groups.attach.preview.remove", { count: 4 }))).toBeVisible();
  await checkAccess(page);
  await confirm.getByRole("button", { name: say("common.cancel") }).click();
  await page.goto(`/servers/${serverId}`);
  await expect(page.getByRole("link", { name: "Regulars" })).toBeVisible();
  expect(problems).toEqual([]);
});
