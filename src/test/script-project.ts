import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { commandFiles, companionFiles } from "../../scripts/bundle-options.mjs";

const real = join(import.meta.dirname, "../..");

export interface ScriptRun {
  code: number | null;
  output: string;
  pid: number | undefined;
}

/**
 * A tiny project with the real scripts/ and stand-ins for what they call: Next, npm, biome, tsc, vitest and Playwright are
 * programs that write their name into `calls` and do as the test says.
 */
export function scriptProject() {
  const base = mkdtempSync("/tmp/mcsd scripts ");
  const root = join(base, "a project");
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  /** `body` is JavaScript; `require` and `call` (notes the name) are at hand. */
  const fake = (path: string, body = "") =>
    write(
      path,
      `const fs = require("node:fs"); fs.appendFileSync(${JSON.stringify(join(base, "calls"))}, ${JSON.stringify(`${path} `)} + process.argv.slice(2).join(" ") + "\\n");\n${body}`,
    );

  mkdirSync(root);
  chmodSync(base, 0o755);
  cpSync(join(real, "scripts"), join(root, "scripts"), { recursive: true, filter: (path) => !path.endsWith(".ts") });
  write("package.json", JSON.stringify({ type: "module", engines: { node: ">=20.9" } }));
  write("package-lock.json", "{}");
  write("tsconfig.json", JSON.stringify({ compilerOptions: { paths: { "@/*": ["./src/*"] } } }));
  write(
    "src/main.ts",
    'import { word } from "@/word";\nconsole.log(word, process.pid, process.env.NODE_ENV, process.env.DATA_DIR);\n',
  );
  write("src/word.ts", 'export const word: string = "first";\n');
  for (const { from } of [...companionFiles, ...commandFiles]) write(relative(real, from), "export {};\n");
  write("node_modules/.package-lock.json", "{}");
  mkdirSync(join(root, "node_modules", "@esbuild"), { recursive: true });
  symlinkSync(join(real, "node_modules", "esbuild"), join(root, "node_modules", "esbuild"));
  write("node_modules/package.json", JSON.stringify({ type: "commonjs" }));
  fake(
    "node_modules/next/dist/bin/next",
    'fs.mkdirSync(".next", { recursive: true }); fs.writeFileSync(".next/BUILD_ID", "1");',
  );

  return {
    root,
    base,
    write,
    fake,
    /** Runs `node scripts/<name>` and collects what it prints. */
    async run(name: string, options: { args?: string[]; env?: Record<string, string> } = {}): Promise<ScriptRun> {
      const { DATA_DIR: _, REQUIRE_ALL: __, ...inherited } = process.env;
      const child = spawn(process.execPath, [join("scripts", name), ...(options.args ?? [])], {
        cwd: root,
        env: { ...inherited, npm_execpath: join(base, "npm-cli.js"), ...options.env },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (text) => (output += text));
      const [code] = await once(child, "close");
      return { code, output, pid: child.pid };
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}
