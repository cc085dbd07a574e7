import { expect } from "@playwright/test";
import { sql } from "drizzle-orm";
import { openEmbedded } from "../program-database";
import type { App } from "./app-fixture";
import { test } from "./app-fixture";
import { type Administer, checkWidth, founder, setUpFounder, signIn, watchProblems } from "./people-account";

test.use({ programEnv: { LOGIN_RATE_LIMIT_PER_MINUTE: "1000", RATE_LIMIT_PER_MINUTE: "6001" } });

let administer: Administer;
let serverId: string;

test.beforeAll(async ({ app }) => {
  administer = await setUpFounder(app);
  const input = { name: "Charts", type: "vanilla", version: "1.20.4", memoryMb: 512, acceptEula: true, wait: true };
  serverId = ((await administer("servers.create", input)) as { id: string }).id;
});

/** Samples of the last hour but for ten minutes in the middle, and hours of four weeks. */
async function rememberPast(app: App): Promise<void> {
  const db = await openEmbedded(app.dataDir);
  const values = sql`0.2 + 0.1 * sin(s / 40.0), 3e8 + 1e6 * (s % 40), 5, 20, 19.5 - (s % 7), 12`;
  await db.execute(sql`
    insert into server_metrics (server_id, step, at, cpu, memory_bytes, players_online, players_max, tps, mspt)
    select ${serverId}::uuid, 15, date_bin('15 s', now(), 'epoch'::timestamptz) - make_interval(secs => 15 * s), ${values}
    from generate_series(1, 230) s where s not between 100 and 140 on conflict do nothing`);
  await db.execute(sql`
    insert into server_metrics (server_id, step, at, cpu, memory_bytes, players_online, players_max, tps, mspt, cpu_peak)
    select ${serverId}::uuid, 3600, date_bin('1 h', now(), 'epoch'::timestamptz) - make_interval(hours => s), ${values}, 1.5
    from generate_series(1, 670) s on conflict do nothing`);
  await db.close();
}

test("a server's past is drawn, told and shown as a table", async ({ page, app, say, checkAccess }) => {
  const problems = watchProblems(page);
  await signIn(page, say, founder);
  await page.goto(`/servers/${serverId}`);
  await expect(page.getByText(say("metrics.empty"))).toBeVisible();
  await rememberPast(app);
  await page.reload();
  const chart = page.getByRole("slider", { name: say("metrics.chart", { title: say("metrics.cpu") }) });
  await expect(chart).toBeVisible();

  // The newest point first; its value is told to screen readers and shown below the chart.
  await chart.focus();
  await expect(chart).toHaveAttribute("aria-valuetext", /\d\d:\d\d.+\d+\s?%/);
  const newest = (await chart.getAttribute("aria-valuetext")) ?? "";
  await expect(page.getByText(newest)).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(chart).not.toHaveAttribute("aria-valuetext", newest);
  // The gap is in the middle of the hour, and the line is interrupted there.
  await page.keyboard.press("Home");
  for (let pages = 0; pages < 6; pages++) await page.keyboard.press("PageUp");
  await expect(chart).toHaveAttribute("aria-valuetext", new RegExp(say("metrics.noValue")));
  const lines = await chart.locator("[data-slot=chart-line]").getAttribute("d");
  expect(lines?.match(/M/g)).toHaveLength(2);
  await checkWidth(page);
  await checkAccess(page);

  await page.getByRole("button", { name: say("metrics.ranges.30d"), exact: true }).click();
  await expect(page).toHaveURL(/range=30d/);
  await chart.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(chart).toHaveAttribute("aria-valuetext", /150\s?%/);
  await page.reload();
  await expect(page.getByRole("button", { name: say("metrics.ranges.30d"), exact: true })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await page.getByRole("button", { name: say("metrics.showTable") }).click();
  const table = page.getByRole("region", { name: say("metrics.table") }).getByRole("table");
  await expect(table.getByRole("columnheader", { name: say("metrics.tps") })).toBeVisible();
  await expect.poll(() => table.getByRole("row").count()).toBeGreaterThan(300);
  await checkWidth(page);
  // A short one of the same form: hundreds of rows are a long look.
  await page.getByRole("button", { name: say("metrics.ranges.24h"), exact: true }).click();
  await expect.poll(() => table.getByRole("row").count()).toBeLessThan(30);
  await checkAccess(page);
  expect(problems).toEqual([]);
});

test("the machine's charts move on without a reload", async ({ page, say, checkAccess }) => {
  const problems = watchProblems(page);
  await signIn(page, say, founder);
  await page.goto("/system");
  const chart = page.getByRole("slider", { name: say("metrics.chart", { title: say("metrics.memory") }) });
  await expect(chart).toBeVisible({ timeout: 40_000 });
  await checkWidth(page);
  await checkAccess(page);
  const before = (await chart.getAttribute("aria-valuetext")) ?? "";
  await expect(chart).not.toHaveAttribute("aria-valuetext", before, { timeout: 20_000 });
  await expect(chart).not.toHaveAttribute("aria-valuetext", new RegExp(say("metrics.noValue")));
  expect(problems).toEqual([]);
});
