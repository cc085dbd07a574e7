import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { at, nodeProgram, refuseOldNode, runQuietly, say } from "./project.mjs";
import { contentStamp, timesStamp } from "./source-stamp.mjs";

const stampFile = at("dist", ".stamp.json");

/** Builds pages (.next) and server (dist/main.js) unless both are as new as the sources. Resolves false when a build failed. */
export async function ensureBuilt() {
  const times = timesStamp();
  const stamp = readStamp();
  if (stamp?.times === times) return true;
  const content = contentStamp();
  if (stamp?.content === content) {
    writeStamp({ times, content });
    return true;
  }
  // Without a stamp a build that is killed half-way is never taken for a whole one.
  rmSync(stampFile, { force: true });
  say("building (once after every change; takes about a minute) …");
  const pages = await runQuietly([...nodeProgram("next", "dist", "bin", "next"), "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    waiting: "still building …",
  });
  const server = pages.code === 0 ? await runQuietly([process.execPath, at("scripts", "bundle-server.mjs")]) : pages;
  if (server.code !== 0) {
    process.stderr.write(server.output);
    return false;
  }
  writeStamp({ times, content });
  say(`built (${pages.seconds + server.seconds} s)`);
  return true;
}

function readStamp() {
  if (!existsSync(at("dist", "main.js")) || !existsSync(at(".next", "BUILD_ID"))) return null;
  try {
    return JSON.parse(readFileSync(stampFile, "utf8"));
  } catch {
    return null;
  }
}

function writeStamp(stamp) {
  mkdirSync(at("dist"), { recursive: true });
  writeFileSync(stampFile, JSON.stringify(stamp));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  refuseOldNode();
  await ensureInstalled();
  if (process.argv.includes("--force")) rmSync(stampFile, { force: true });
  if (!(await ensureBuilt())) process.exit(1);
}
