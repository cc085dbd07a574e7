import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { scriptProject } from "./script-project";

let project: ReturnType<typeof scriptProject>;
beforeEach(() => {
  project = scriptProject();
  project.fake("node_modules/@biomejs/biome/bin/biome");
  project.fake("node_modules/typescript/bin/tsc");
  unitTests({ passed: 40, failed: [], skipped: [] });
  project.write("playwright.config.ts", "");
  project.write("node_modules/@playwright/test/package.json", JSON.stringify({ main: "index.js" }));
  project.write(
    "node_modules/@playwright/test/index.js",
    "exports.chromium = { executablePath: () => '/no/such/chromium' };",
  );
  browserTests("expected");
});
afterEach(() => project.remove());

function unitTests(summary: object, exitCode = 0): void {
  project.fake(
    "node_modules/vitest/vitest.mjs".replace(".mjs", ".cjs"),
    `fs.mkdirSync(".build/test", { recursive: true });
     fs.writeFileSync(process.env.MCSD_UNIT_SUMMARY, ${JSON.stringify(JSON.stringify(summary))}); process.exit(${exitCode});`,
  );
  project.write("node_modules/vitest/vitest.mjs", 'import "./vitest.cjs";');
}

/** Two browser tests; as Playwright does, `--list` reports them as skipped. */
function browserTests(status: string): void {
  project.fake(
    "node_modules/@playwright/test/cli.js",
    `const status = process.argv.includes("--list") ? "skipped" : ${JSON.stringify(status)};
     const specs = ["en", "ja"].map((title) => ({ title, tests: [{ projectName: "wide", status, annotations: [] }] }));
     fs.writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME, JSON.stringify({ suites: [{ title: "sign-in.spec.ts", specs }], errors: [] }));
     process.exit(status === "unexpected" ? 1 : 0);`,
  );
}

const run = (options: { args?: string[]; env?: Record<string, string> } = {}) =>
  project.run("test.mjs", { ...options, env: { CHROMIUM_PATH: process.execPath, ...options.env } });
const closing = ({ code, output }: { code: number | null; output: string }) => [
  code,
  output.trimEnd().split("\n").at(-1),
];

describe("npm test", { timeout: 60_000 }, () => {
  it("closes with one line that counts every check", async () => {
    expect(closing(await run())).toEqual([0, "44 passed, 0 failed, 0 skipped"]);
  });

  it("names what failed and fails", async () => {
    project.fake("node_modules/typescript/bin/tsc", "process.exit(2);");
    unitTests({ passed: 39, failed: ["a.test.ts > adds"], skipped: [] }, 1);
    browserTests("unexpected");
    const result = await run();
    expect(closing(result)).toEqual([1, "40 passed, 4 failed, 0 skipped"]);
    for (const name of ["types", "a.test.ts > adds", "sign-in.spec.ts > ja > [wide]"])
      expect(result.output).toContain(`failed: ${name}\n`);
  });

  it("counts a runner that ends badly without a failed test, and a build that fails", async () => {
    unitTests({ passed: 40, failed: [], skipped: [] }, 1);
    project.write("src/word.ts", "export const word = ;");
    const result = await run();
    expect(closing(result)).toEqual([1, "42 passed, 2 failed, 0 skipped"]);
    expect(result.output).toContain("failed: vitest ended with exit code 1\n");
    expect(result.output).toContain("failed: build\n");
  });

  it("names what was skipped and why; REQUIRE_ALL=1 does not forgive it", async () => {
    unitTests({ passed: 39, failed: [], skipped: [{ name: "docker.test.ts > runs", reason: "no Docker engine" }] });
    const result = await run();
    expect(closing(result)).toEqual([0, "43 passed, 0 failed, 1 skipped"]);
    expect(result.output).toContain("skipped: docker.test.ts > runs (no Docker engine)\n");
    expect(closing(await run({ env: { REQUIRE_ALL: "1" } }))).toEqual([1, "43 passed, 0 failed, 1 skipped"]);
  });

  it("names every browser test as skipped where there is no Chromium", async () => {
    const result = await run({ env: { CHROMIUM_PATH: "", PATH: "" } });
    expect(closing(result)).toEqual([0, "42 passed, 0 failed, 2 skipped"]);
    expect(result.output).toMatch(/skipped: sign-in\.spec\.ts > en > \[wide\] \(no Chromium on this machine/);
  });

  it("runs only what is asked for", async () => {
    expect(closing(await run({ args: ["lint", "unit"] }))).toEqual([0, "41 passed, 0 failed, 0 skipped"]);
  });
});
