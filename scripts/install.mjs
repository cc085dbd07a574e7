import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { at, fail, refuseOldNode, runQuietly, say } from "./project.mjs";

const stampFile = at("node_modules", ".mcsd-install");

/** Installs what package-lock.json names, unless that is what node_modules holds already. */
export async function ensureInstalled() {
  const wanted = createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .digest("hex");
  if (isInstalled(wanted)) return;
  say("installing dependencies (once; takes a minute or two) …");
  const start = Date.now();
  // A lock file may lack packages for platforms other than its writer's (an old fault of npm), which `npm ci` refuses.
  let result = await npm("ci");
  if (result.code !== 0 && result.output.includes("EUSAGE")) result = await npm("install", "--no-save");
  if (result.code !== 0) {
    process.stderr.write(result.output);
    fail(
      "the dependencies could not be installed: see above; check the connection to the npm registry, then start again",
    );
  }
  writeFileSync(stampFile, wanted);
  say(`dependencies installed (${Math.round((Date.now() - start) / 1000)} s)`);
}

/** Our stamp, or an npm run by hand after the lock file last changed. */
function isInstalled(wanted) {
  const hidden = modified(at("node_modules", ".package-lock.json"));
  if (hidden === null) return false;
  try {
    if (readFileSync(stampFile, "utf8") === wanted) return true;
  } catch {
    // No stamp: installed by hand.
  }
  return hidden >= modified(at("package-lock.json"));
}

function modified(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

/** Development dependencies build the pages, so they are needed even where NODE_ENV says production. */
function npm(...words) {
  const options = ["--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  return runQuietly([...npmProgram(), ...words, ...options], { waiting: "still installing dependencies …" });
}

/** The npm that runs this script, or the one on the PATH. */
function npmProgram() {
  const running = process.env.npm_execpath;
  if (running?.endsWith("npm-cli.js")) return [process.execPath, running];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  refuseOldNode();
  await ensureInstalled();
}
