import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { newVersion } from "../change-cases";
import { test } from "./app-fixture";
import { type Administer, checkWidth, founder, setUpFounder, signIn, watchProblems } from "./people-account";

const usual = { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6001" };
test.use({ programEnv: { ...usual, UPGRADE_HEALTHY_SECONDS: "4", UPGRADE_BOOT_TIMEOUT_SECONDS: "60" } });

let administer: Administer;
let serverId: string;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
  app.upstreams.addVersion({ id: "1.20.4", javaMajor: 17 });
  app.upstreams.addVersion({ id: newVersion, javaMajor: 17 });
  await administer("versions.refresh", { type: "vanilla" });
  const input = { name: "Harbour", type: "vanilla", version: "1.20.4", memoryMb: 256, acceptEula: true, wait: true };
  serverId = ((await administer("servers.create", input)) as { id: string }).id;
});

test("a version is checked, tried, kept and undone; one that crashes is put back and says why", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const problems = watchProblems(page);
  const check = async () => {
    await checkAccess(page);
    await checkWidth(page);
  };
  const button = (key: string) => page.getByRole("button", { name: say(`servers.change.${key}`), exact: true });
  const name = `${say("versions.types.vanilla")} ${newVersion}`;
  const begin = async () => {
    await button("button").first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: say("servers.change.version") }).click();
    await page.getByPlaceholder(say("create.version.search")).fill(newVersion);
    await page.getByRole("option", { name: new RegExp(newVersion.replaceAll(".", "\\.")) }).click();
    await expect(dialog.getByText(say("servers.change.none"))).toBeVisible();
    await check();
    await dialog.getByRole("button", { name: say("servers.change.confirm"), exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}`);

  await test.step("a good one: progress, trial, done", async () => {
    await begin();
    await expect(page.getByText(say("servers.change.onTrialText"))).toBeVisible({ timeout: 40_000 });
    await check();
    await expect(button("undo")).toBeVisible({ timeout: 40_000 });
    await check();
  });

  await test.step("undo", async () => {
    await expect(page.getByText(say("servers.state.stopped"), { exact: true }).first()).toBeVisible({
      timeout: 20_000,
    });
    await button("undo").click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: say("servers.change.undo"), exact: true })
      .click();
    await expect(button("undo")).toBeHidden({ timeout: 30_000 });
    await expect(page.getByText(say("servers.timeline.text.change-undone", { name })).first()).toBeVisible();
  });

  await test.step("one that crashes is put back", async () => {
    const file = join(app.dataDir, "servers", serverId, `stand-in-vanilla-${newVersion}.properties`);
    await writeFile(file, "crash.at.start=crash\n");
    await begin();
    const outcome = page.getByRole("alert").filter({ hasText: say("servers.change.putBack", { name }) });
    await expect(outcome).toBeVisible({ timeout: 40_000 });
    await expect(outcome.getByRole("region", { name: say("servers.change.evidence") })).toContainText("unexpected");
    await check();
  });
  expect(problems).toEqual([]);
});
