import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { defaultSchedule } from "../../domains/snapshots/contract";
import { backupRuns } from "../../domains/snapshots/server/table";
import { openEmbedded } from "../program-database";
import { test } from "./app-fixture";
import { type Administer, founder, setUpFounder, signIn, watchProblems } from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6001" } });

const run = promisify(execFile);
let administer: Administer;
let serverId: string;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
  const input = { name: "Notes", type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  serverId = ((await administer("servers.create", input)) as { id: string }).id;
});

test("an archive is imported by upload", async ({ page, app, say }) => {
  const problems = watchProblems(page);
  const archive = join(app.dataDir, "tmp-import.tar.gz");
  await run("tar", ["-C", join(app.dataDir, "servers", serverId), "-czf", archive, "eula.txt"]);
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}/snapshots`);
  await page.getByRole("button", { name: say("snapshots.import"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(say("snapshots.importDialog.file")).setInputFiles(archive);
  await dialog.getByLabel(say("snapshots.note.label")).fill("From elsewhere");
  await dialog.getByRole("button", { name: say("snapshots.importDialog.submit"), exact: true }).click();
  await expect(dialog).toBeHidden({ timeout: 30_000 });
  const rows = page.getByRole("list", { name: say("snapshots.title"), exact: true }).getByRole("listitem");
  await rows.filter({ hasText: "From elsewhere" }).getByRole("link").click();
  const files = page.getByRole("list", { name: say("snapshots.browse.label") });
  await expect(files).toContainText("eula.txt");
  expect(problems).toEqual([]);
});

test("the schedule says which limit holds, why the last turn failed, and when an edited one would come due", async ({
  page,
  app,
  say,
  checkAccess,
}) => {
  const problems = watchProblems(page);
  const timing = { kind: "cron", expression: "0 4 * * *", timeZone: "UTC" };
  await administer("snapshots.setSchedule", { ...defaultSchedule, serverId, isEnabled: true, timing });
  await administer("system.setLimits", { maxBackups: 3 });
  const db = await openEmbedded(app.dataDir);
  const dueAt = new Date(Date.now() - 3_600_000);
  await db.insert(backupRuns).values({ serverId, dueAt, finishedAt: dueAt, result: "failed", reason: "NOT_QUIET" });
  await db.close();
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}/snapshots/schedule`);
  await expect(page.getByText(say("snapshots.clamps.title"))).toBeVisible();
  await expect(page.getByText(say("snapshots.lastRun.noRetry"))).toBeVisible();
  const times = page.getByRole("list", { name: say("snapshots.next.title") }).getByRole("listitem");
  await expect(times).toHaveCount(5);
  const saved = await times.allTextContents();
  await checkAccess(page);
  await page.getByRole("textbox", { name: say("snapshots.scheduleForm.expression") }).fill("30 5 1 * *");
  await expect(page.getByText(say("snapshots.next.unsaved")).filter({ hasText: "UTC" })).toBeVisible();
  await expect(times).toHaveCount(5);
  await expect.poll(() => times.allTextContents()).not.toEqual(saved);
  await administer("system.setLimits", { maxBackups: null });
  expect(problems).toEqual([]);
});

test("a disk that is nearly full is told", async ({ page, app, say, checkAccess }) => {
  test.skip(process.getuid?.() !== 0, "a small disk can be mounted by root alone");
  const folder = join(app.dataDir, "snapshots");
  await run("mount", ["-t", "tmpfs", "-o", "size=16m,mode=700", "tmpfs", folder]);
  try {
    await run("fallocate", ["-l", "14M", join(folder, "filler")]);
    await signIn(page, say, founder);
    await page.goto(`/servers/${serverId}/snapshots`);
    // The whole percentage differs with what else lies there.
    const [before = "", after = ""] = say("snapshots.disk.title", { percent: "@" }).split("@");
    const title = page.getByRole("status").filter({ hasText: new RegExp(`${before}\\d+ ?%${after}`) });
    await expect(title).toBeVisible();
    await checkAccess(page);
  } finally {
    await run("umount", ["--lazy", folder]);
  }
});
