import { spawn } from "node:child_process";
import { settleDataDir } from "./default-data-dir.mjs";
import { ensureInstalled } from "./install.mjs";
import { at, loadDotEnv, refuseOldNode, root, say } from "./project.mjs";

refuseOldNode();
loadDotEnv();
settleDataDir();
await ensureInstalled();
const { context } = await import("esbuild");
const { bundleOptions, companionFiles } = await import("./bundle-options.mjs");
// Beside the real one: the program finds package.json and the like from where it lies.
const program = at("dist", "dev.js");
const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };

let server = null;
let turn = Promise.resolve();
let isEnding = false;

/** The server ends in its own time before the next one starts: both want the port and the data folder. */
async function restart() {
  await stopServer();
  if (isEnding) return;
  server = spawn(process.execPath, ["--enable-source-maps", program], { cwd: root, env, stdio: "inherit" });
  server.once(
    "exit",
    (code) => code && !isEnding && say(`the server ended with exit code ${code}; it starts again with the next change`),
  );
}

async function stopServer() {
  if (server === null || server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const patience = setTimeout(() => server.kill("SIGKILL"), 15_000);
  await gone;
  clearTimeout(patience);
}

const restartAfterBuild = {
  name: "restart",
  setup(build) {
    build.onEnd((result) => {
      if (result.errors.length > 0) return say("the server's code does not build; it runs on as it was");
      turn = turn.then(restart);
    });
  },
};
const watching = await context({
  ...bundleOptions,
  entryPoints: [
    { in: at("src", "main.ts"), out: "dev" },
    ...companionFiles.map(({ from, name }) => ({ in: from, out: name })),
  ],
  outdir: at("dist"),
  plugins: [restartAfterBuild],
});
await watching.watch();

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    if (isEnding) return;
    isEnding = true;
    await turn;
    await stopServer();
    await watching.dispose();
    process.exit(0);
  });
}
