import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listFiles, projectRoot } from "./import-graph";

const scripts = listFiles("scripts", /\.ts$/);
const folder = mkdtempSync(join(tmpdir(), "mcsd-scripts-"));
/** Files of the project and packages that each bundle is made of. */
const inputs = new Map<string, string[]>();

beforeAll(async () => {
  for (const script of scripts) {
    const { metafile } = await build({
      absWorkingDir: projectRoot,
      entryPoints: [script],
      outfile: bundleOf(script),
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20.9",
      alias: { "@": join(projectRoot, "src") },
      metafile: true,
      // For packages of the older form.
      banner: { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' },
      logLevel: "silent",
    });
    inputs.set(script, Object.keys(metafile.inputs));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bundleOf(script: string): string {
  return join(folder, `${basename(script, ".ts")}.mjs`);
}

/** Runs a bundle where neither the project nor its packages can be found, with nothing in its environment but `env`. */
function run(script: string, args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundleOf(script), ...args], {
    cwd: folder,
    env: env as NodeJS.ProcessEnv,
    encoding: "utf8",
    timeout: 15_000,
  });
  return { status, stdout, stderr };
}

it("finds the scripts", () => {
  expect(scripts).toEqual(
    expect.arrayContaining(["scripts/create-server.ts", "scripts/run-command.ts", "scripts/server-status.ts"]),
  );
});

it.each(scripts)("%s is made of the client, contracts and small packages", (script) => {
  const found = inputs.get(script) ?? [];
  expect(found).toContain("src/trpc/node-client.ts");
  const own = found.filter((path) => path.startsWith("src/") || path.startsWith("scripts/"));
  expect(
    own.filter((path) => path !== script && !/^src\/(?:trpc|lib)\/|^src\/domains\/[^/]+\/[^/]+\.ts$/.test(path)),
  ).toEqual([]);
  const packages = new Set(
    found.map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter((name) => name !== undefined),
  );
  const allowed = [
    "@trpc/client",
    "@trpc/server",
    "copy-anything",
    "eventsource",
    "eventsource-parser",
    "is-what",
    "superjson",
    // For scripts/apply.ts.
    "yaml",
    "zod",
  ];
  expect([...packages].filter((name) => !allowed.includes(name))).toEqual([]);
  // tRPC's client shares functions with tRPC's server package, which is no server of ours; nothing that listens may come along.
  expect(found.filter((path) => path.includes("/adapters/"))).toEqual([]);
});

it.each(scripts)("%s runs from anywhere, tells its usage, and says in one line what is missing", (script) => {
  expect(run(script, ["--help"])).toMatchObject({ status: 0, stdout: expect.stringContaining(script), stderr: "" });
  const bare = run(
    script,
    script.includes("create") ? ["--name", "a", "--version", "1.21.11", "--accept-eula"] : ["a", "list"],
  );
  expect(bare).toEqual({ status: 1, stdout: "", stderr: "Set MCSD_TOKEN, or MCSD_USERNAME and MCSD_PASSWORD.\n" });
});
