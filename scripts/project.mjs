import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder with package.json. Scripts work there, wherever they are called from. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const at = (...segments) => join(root, ...segments);

/** A line for the person at the terminal. */
export function say(line) {
  process.stderr.write(`mcsd: ${line}\n`);
}

/** Ends with one line. */
export function fail(line) {
  say(line);
  process.exit(1);
}

export function refuseOldNode() {
  const { engines } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [wantedMajor, wantedMinor] = engines.node.match(/\d+/g).map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  fail(`Node ${process.versions.node} is too old: install Node ${wantedMajor}.${wantedMinor} or newer (nodejs.org)`);
}

/** Settings in a file `.env`, as far as the environment does not have them already. */
export function loadDotEnv() {
  if (!existsSync(at(".env"))) return;
  if (process.loadEnvFile) process.loadEnvFile(at(".env"));
  else say(".env is ignored, because this Node cannot read it: use Node 20.12 or newer, or set the variables yourself");
}

/** A program of node_modules, by its package and the file of its `bin`, run with this Node (no shell, no PATH). */
export const nodeProgram = (...segments) => [process.execPath, at("node_modules", ...segments)];

/** Runs a program to its end and shows what it prints. Resolves with the exit code (128 and more: ended by a signal). */
export function run([program, ...args], env = process.env) {
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "inherit", "inherit"] });
  return ended(child);
}

/** Runs a program to its end, silently; while it takes long, a line says so now and then. */
export async function runQuietly([program, ...args], { env = process.env, waiting } = {}) {
  const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (output = (output + text).slice(-20_000)));
  const start = Date.now();
  const pulse = setInterval(() => waiting && say(`${waiting} (${Math.round((Date.now() - start) / 1000)} s)`), 20_000);
  const code = await ended(child).finally(() => clearInterval(pulse));
  return { code, output, seconds: Math.round((Date.now() - start) / 1000) };
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 130));
  });
}
