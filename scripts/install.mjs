import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { at, fail, runQuietly, say } from "./project.mjs";

const stampFile = at("node_modules", ".mcsd-install");

/** Installs what package-lock.json names, unless that is what node_modules holds already. */
export async function ensureInstalled() {
  const wanted = createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .digest("hex");
  if (isInstalled(wanted)) return;
  say("installing dependencies (once; takes a minute or two) …");
  // Development dependencies build the pages, so they are needed even where NODE_ENV says production.
  const { code, output, seconds } = await runQuietly(
    [...npm(), "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      waiting: "still installing dependencies …",
    },
  );
  if (code !== 0) {
    process.stderr.write(output);
    fail(`npm ci failed (exit code ${code}): see above; check the connection to the npm registry, then start again`);
  }
  writeFileSync(stampFile, wanted);
  say(`dependencies installed (${seconds} s)`);
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

/** The npm that runs this script, or the one on the PATH. */
function npm() {
  const running = process.env.npm_execpath;
  if (running?.endsWith(".js") && /npm-cli/.test(running)) return [process.execPath, running];
  return [process.platform === "win32" ? "npm.cmd" : "npm"];
}
