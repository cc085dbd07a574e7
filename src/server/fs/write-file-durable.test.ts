import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bundleProgram } from "@/test/bundle-program";
import { writeFileDurable } from "./write-file-durable";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync("/tmp/mcsd-durable-");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("replaces the content, keeps the mode, leaves nothing beside it", async () => {
  const path = join(folder, "server.properties");
  await writeFileDurable(path, "a=1\n");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o640);
  await writeFileDurable(path, "a=2\n");
  expect(readFileSync(path, "utf8")).toBe("a=2\n");
  expect(statSync(path).mode & 0o777).toBe(0o640);
  await writeFileDurable(path, "a=3\n", { mode: 0o644 });
  expect(statSync(path).mode & 0o777).toBe(0o644);
  expect(readdirSync(folder)).toEqual(["server.properties"]);
});

it("keeps the old bytes when the new ones do not fit", async () => {
  const path = join(folder, "file");
  writeFileSync(path, "old");
  const program = await bundleProgram(
    `import { writeFileDurable } from "@/server/fs/write-file-durable";
     process.on("SIGXFSZ", () => {});
     const outcome = await writeFileDurable(${JSON.stringify(path)}, "x".repeat(100_000)).then(() => "written", (error) => error.code);
     console.log(outcome);`,
    join(folder, "program.mjs"),
  );
  const limited = spawnSync("bash", ["-c", `ulimit -f 50; exec "$0" "$1"`, process.execPath, program], {
    encoding: "utf8",
  });
  expect(limited.stdout.trim()).toBe("EFBIG");
  expect(readFileSync(path, "utf8")).toBe("old");
  expect(readdirSync(folder).sort()).toEqual(["file", "program.mjs"]);
});

it("survives many writers of one file: the content is one of theirs, whole", async () => {
  const path = join(folder, "file");
  const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(contents.map((content) => writeFileDurable(path, content)));
  expect(contents).toContain(readFileSync(path, "utf8"));
  expect(readdirSync(folder)).toEqual(["file"]);
});
