import { chmodSync, existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scriptProject } from "./script-project";

let project: ReturnType<typeof scriptProject>;
beforeEach(() => {
  project = scriptProject();
});
afterEach(() => project.remove());

const calls = () =>
  existsSync(join(project.base, "calls")) ? readFileSync(join(project.base, "calls"), "utf8").trim().split("\n") : [];
const lines = (output: string) => output.trim().split("\n");

/** npm as it is called by path; makes node_modules as `npm ci` would. */
function fakeNpm(body: string): void {
  const text = `const fs = require("node:fs"); fs.appendFileSync(${JSON.stringify(join(project.base, "calls"))}, "npm " + process.argv.slice(2).join(" ") + "\\n");\n${body}`;
  writeFileSync(join(project.base, "npm-cli.js"), text);
}

describe("npm start", { timeout: 60_000 }, () => {
  it("builds, then runs the program in its own process, in production, with an absolute data folder", async () => {
    const { code, output, pid } = await project.run("start.mjs");
    expect(code).toBe(0);
    expect(lines(output).at(-1)).toBe(`first ${pid} production ${join(project.root, "data")}`);
    expect(calls()).toEqual(["node_modules/next/dist/bin/next build"]);
    const other = await project.run("start.mjs", { env: { DATA_DIR: "elsewhere" } });
    expect(lines(other.output)).toEqual([`first ${other.pid} production ${join(project.root, "elsewhere")}`]);
  });

  it("builds again only when a source, the lock file or a public variable changed", async () => {
    await project.run("start.mjs");
    const wasBuilt = async (env: Record<string, string> = {}) => {
      const before = calls().length;
      const { output } = await project.run("start.mjs", { env });
      return { built: calls().length > before, word: lines(output).at(-1)?.split(" ")[0] };
    };
    expect(await wasBuilt()).toEqual({ built: false, word: "first" });
    utimesSync(join(project.root, "src/word.ts"), new Date(), new Date());
    expect(await wasBuilt()).toEqual({ built: false, word: "first" });
    project.write("src/word.test.ts", "broken {");
    expect(await wasBuilt()).toEqual({ built: false, word: "first" });
    project.write("src/word.ts", 'export const word = "other";');
    expect(await wasBuilt()).toEqual({ built: true, word: "other" });
    expect(await wasBuilt({ NEXT_PUBLIC_DEFAULT_LOCALE: "ja" })).toEqual({ built: true, word: "other" });
    rmSync(join(project.root, ".next"), { recursive: true });
    expect(await wasBuilt()).toEqual({ built: true, word: "other" });
  });

  it("says so in one line when the build fails, and does not take the old build for the new one", async () => {
    await project.run("start.mjs");
    project.write("src/word.ts", "export const word = ;");
    for (const _ of [1, 2]) {
      const { code, output } = await project.run("start.mjs");
      expect(code).toBe(1);
      expect(output).toContain("word.ts:1:20");
      expect(lines(output).at(-1)).toBe("mcsd: the build failed: see above");
    }
  });

  it("installs when node_modules is missing or older than the lock file, development packages too", async () => {
    fakeNpm(
      'fs.mkdirSync("node_modules", { recursive: true }); fs.writeFileSync("node_modules/.package-lock.json", "{}");',
    );
    await project.run("start.mjs");
    expect(calls().filter((call) => call.startsWith("npm"))).toEqual([]);
    rmSync(join(project.root, "node_modules/.package-lock.json"));
    for (const _ of [1, 2]) await project.run("start.mjs", { env: { NODE_ENV: "production" } });
    expect(calls().filter((call) => call.startsWith("npm"))).toEqual([
      "npm ci --include=dev --no-audit --no-fund --loglevel=error",
    ]);
    project.write("package-lock.json", '{ "changed": true }');
    await project.run("start.mjs");
    expect(calls().filter((call) => call.startsWith("npm")).length).toBe(2);
  });

  it("gets over a lock file that npm ci refuses, and shows what npm says when nothing helps", async () => {
    rmSync(join(project.root, "node_modules/.package-lock.json"));
    fakeNpm(
      'if (process.argv[2] === "ci") { console.error("npm error code EUSAGE"); process.exit(1); } fs.writeFileSync("node_modules/.package-lock.json", "{}");',
    );
    expect((await project.run("start.mjs")).code).toBe(0);
    expect(
      calls()
        .filter((call) => call.startsWith("npm"))
        .map((call) => call.split(" ").slice(0, 3).join(" ")),
    ).toEqual(["npm ci --include=dev", "npm install --no-save"]);
    rmSync(join(project.root, "node_modules/.package-lock.json"));
    fakeNpm('console.error("npm error network"); process.exit(1);');
    const { code, output } = await project.run("start.mjs");
    expect(code).toBe(1);
    expect(output).toContain("npm error network");
    expect(lines(output).at(-1)).toMatch(/^mcsd: the dependencies could not be installed/);
  });

  it("refuses a Node that is too old", async () => {
    project.write("package.json", JSON.stringify({ type: "module", engines: { node: ">=99.1" } }));
    const { code, output } = await project.run("start.mjs");
    expect([code, lines(output)]).toEqual([
      1,
      [`mcsd: Node ${process.versions.node} is too old: install Node 99.1 or newer (nodejs.org)`],
    ]);
  });

  it("takes settings from .env, but never over the environment", async () => {
    project.write(".env", "DATA_DIR=from-file\n");
    expect(lines((await project.run("start.mjs")).output).at(-1)).toContain(join(project.root, "from-file"));
    expect(lines((await project.run("start.mjs", { env: { DATA_DIR: "/tmp/given" } })).output).at(-1)).toContain(
      " /tmp/given",
    );
  });

  if (process.getuid?.() === 0) {
    it("as root keeps data outside a private folder, and says why", async () => {
      await project.run("start.mjs");
      chmodSync(project.base, 0o700);
      const { output } = await project.run("start.mjs");
      expect(lines(output)[0]).toContain(`data is kept in /var/lib/mcsd`);
      expect(lines(output)[0]).toContain(`cannot pass through ${project.base}`);
      expect(lines(output).at(-1)).toContain(" /var/lib/mcsd");
    });
  }
});
