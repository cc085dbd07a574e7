import { createHash } from "node:crypto";
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Browser, chromium } from "@playwright/test";
import { afterAll, beforeAll, expect, it } from "vitest";
import { administrator, type Program, startProgram } from "./program";
import { addServer, folderOf } from "./program-servers";
import { until } from "./program-until";

const size = 5 * 1024 ** 3;
const mb = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), "mcsd-large-"));
const source = join(folder, "world.zip");
let program: Program;
let browser: Browser;
let serverId: string;

beforeAll(async () => {
  program = await startProgram({ env: { MAX_UPLOAD_SIZE_MB: "6000", ARCHIVE_MAX_SIZE_MB: "6000" } });
  serverId = (await addServer(program, await program.admin())).id;
  // Sparse, with something to tell each part by.
  const file = openSync(source, "w");
  truncateSync(source, size);
  for (let at = 0; at < size; at += 64 * mb) writeSync(file, `part at ${at}`, at);
  closeSync(file);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-quic", "--disable-background-networking"],
  });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await program?.end();
  rmSync(folder, { recursive: true, force: true });
});

const residentMb = async () =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${program.pid}/status`, "utf8").catch(() => ""))?.[1] ?? 0) /
  1024;

/** Looks at the memory until told to end; resolves with the most. */
function watchMemory() {
  let most = 0;
  const look = async () => {
    most = Math.max(most, await residentMb());
  };
  const timer = setInterval(() => void look(), 200);
  return () => {
    clearInterval(timer);
    return Math.round(most);
  };
}

const hashOf = async (path: string) => {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 4 * mb })) hash.update(piece);
  return hash.digest("hex");
};

it("5 GB go up through the browser, over kill -9 in the middle, and come down again, in constant memory", {
  timeout: 1_500_000,
}, async () => {
  const page = await browser.newPage({ acceptDownloads: true });
  await page.goto(`${program.url}/login`);
  await page.getByLabel("Username", { exact: true }).fill(administrator.username);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(/\/servers$/);
  await page.goto(`${program.url}/servers/${serverId}/files`);
  await page.getByRole("row").filter({ hasText: "server.properties" }).waitFor();
  const idle = Math.round(await residentMb());

  const resumable = join(program.dataDir, "temp", "resumable");
  const part = () => {
    const names = existsSync(resumable) ? readdirSync(resumable) : [];
    const name = names.find((found) => found.endsWith(".part"));
    return name ? (statSync(join(resumable, name), { throwIfNoEntry: false })?.size ?? 0) : 0;
  };

  let stop = watchMemory();
  const startedAt = performance.now();
  await page.locator("input[type=file][multiple]").setInputFiles(source);
  await until(async () => part() > 1.5 * 1024 ** 3, "a third has come", 300_000);
  const most = [stop()];
  await program.kill9();
  const kept = part();
  await delay(500);
  await program.start();
  stop = watchMemory();
  const target = folderOf(program, serverId, "world.zip");
  await until(async () => statSync(target, { throwIfNoEntry: false })?.size === size, "all of it is there", 600_000);
  most.push(stop());
  const uploadMs = Math.round(performance.now() - startedAt);
  expect(kept).toBeGreaterThan(1024 ** 3);
  const expected = await hashOf(source);
  expect(await hashOf(target)).toBe(expected);

  stop = watchMemory();
  const downloadAt = performance.now();
  await page.goto(`${program.url}/servers/${serverId}/files`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.evaluate((address) => {
      const link = document.createElement("a");
      link.href = address;
      link.download = "";
      link.click();
    }, `/api/servers/${serverId}/files?path=world.zip`),
  ]);
  const saved = join(folder, "saved.zip");
  await download.saveAs(saved);
  most.push(stop());
  console.log({ idle, most, uploadMs, downloadMs: Math.round(performance.now() - downloadAt), kept });
  expect(await hashOf(saved)).toBe(expected);
  for (const memory of most) expect(memory - idle).toBeLessThan(150);
});
