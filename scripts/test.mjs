import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { at, nodeProgram, refuseOldNode, root, run, say } from "./project.mjs";

// usage: npm test [-- lint types unit browser]   |   npm run test:long
const isLong = process.argv.includes("--long");
const isStrict = process.env.REQUIRE_ALL === "1";
const asked = process.argv.slice(2).filter((word) => !word.startsWith("-"));
const total = { passed: 0, failed: [], skipped: [] };

/** The tests bring their own settings; those of a running mcsd must not reach them. */
const env = {
  ...process.env,
  FORCE_COLOR: process.env.FORCE_COLOR ?? (process.stdout.isTTY ? "1" : "0"),
  NEXT_TELEMETRY_DISABLED: "1",
};
for (const name of [
  "NODE_ENV",
  "PORT",
  "HOST",
  "DATA_DIR",
  "DATABASE_URL",
  "SECRET_KEY",
  "PUBLIC_URL",
  "ADMIN_USERNAME",
  "ADMIN_PASSWORD",
])
  delete env[name];

refuseOldNode();
process.chdir(root);
await ensureInstalled();
if (isLong) {
  await stage("long", () => vitest({ MCSD_LONG: "1" }));
  if (await ensureBuilt()) await stage("browser", () => browser({ MCSD_LONG: "1" }));
  else total.failed.push("build");
} else {
  await stage("lint", () =>
    check("lint", [...nodeProgram("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."]),
  );
  // The build writes the types of Next that the type check reads, and what the browser looks at.
  const isBuilt = ["types", "unit", "browser"].some(wants) ? await ensureBuilt() : true;
  if (!isBuilt) total.failed.push("build");
  await stage("types", () => check("types", [...nodeProgram("typescript", "bin", "tsc"), "--noEmit"]));
  await stage("unit", () => vitest({}));
  if (isBuilt) await stage("browser", () => browser({}));
}
finish();

function wants(name) {
  return asked.length === 0 || asked.includes(name);
}

async function stage(name, work) {
  if (!isLong && !wants(name)) return;
  const start = Date.now();
  say(`${name} …`);
  await work();
  say(`${name}: ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

async function check(name, command) {
  if ((await run(command, env)) === 0) total.passed++;
  else total.failed.push(name);
}

async function vitest(extra) {
  const file = at(".build", "test", "unit.json");
  rmSync(file, { force: true });
  const reporters = ["--reporter=default", `--reporter=${at("scripts", "vitest-summary.mjs")}`];
  const code = await run([...nodeProgram("vitest", "vitest.mjs"), "run", ...reporters], {
    ...env,
    ...extra,
    MCSD_UNIT_SUMMARY: file,
  });
  add("vitest", code, file, (summary) => summary);
}

async function browser(extra) {
  if (!existsSync(at("playwright.config.ts"))) return say("there are no browser tests");
  const { findChromium } = await import("./find-chromium.mjs");
  const { summarise } = await import("./playwright-summary.mjs");
  const file = at(".build", "test", "browser.json");
  mkdirSync(at(".build", "test"), { recursive: true });
  rmSync(file, { force: true });
  const chromium = await findChromium();
  const list = chromium === null ? ["--list"] : [];
  const playwright = [
    ...nodeProgram("@playwright", "test", "cli.js"),
    "test",
    `--reporter=${chromium === null ? "json" : "list,json"}`,
    ...list,
  ];
  const code = await run(playwright, {
    ...env,
    ...extra,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    ...(chromium && { CHROMIUM_PATH: chromium }),
  });
  if (chromium !== null) return add("playwright", code, file, summarise);
  const found = summarise(JSON.parse(readFileSync(file, "utf8")));
  const reason = "no Chromium on this machine (apt-get install chromium, or set CHROMIUM_PATH)";
  for (const { name } of found.skipped) total.skipped.push({ name, reason });
}

/** A runner that ends badly counts as a failure even when no test of it does. */
function add(runner, code, file, read) {
  const summary = existsSync(file)
    ? read(JSON.parse(readFileSync(file, "utf8")))
    : { passed: 0, failed: [], skipped: [] };
  total.passed += summary.passed;
  total.failed.push(...summary.failed);
  total.skipped.push(...summary.skipped);
  if (code !== 0 && summary.failed.length === 0) total.failed.push(`${runner} ended with exit code ${code}`);
}

function finish() {
  for (const { name, reason } of total.skipped) console.log(`skipped: ${name}${reason ? ` (${reason})` : ""}`);
  for (const name of total.failed) console.log(`failed: ${name}`);
  if (isStrict && total.skipped.length > 0)
    console.log("REQUIRE_ALL=1: what was skipped counts as a failure of this run");
  console.log(`${total.passed} passed, ${total.failed.length} failed, ${total.skipped.length} skipped`);
  process.exitCode = total.failed.length > 0 || (isStrict && total.skipped.length > 0) ? 1 : 0;
}
