import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { detectJava } from "./find-java";
import type { JavaSearch } from "./java-places";

let root = "";
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "mcsd-java-"));
});
afterEach(() => rm(root, { recursive: true }));

/** A program that answers like a Java of this version and notes each time it is asked. */
async function fakeJava(path: string, version: string, words = "OpenJDK Runtime Environment"): Promise<string> {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  const script = `#!/bin/sh\necho asked >> "${root}/asked"\nprintf 'openjdk version "%s"\\n%s\\n' '${version}' '${words}' >&2\n`;
  await writeFile(target, script, { mode: 0o755 });
  return target;
}

const search = (more: Partial<JavaSearch> = {}): JavaSearch => ({
  explicitPaths: {},
  dataFolder: join(root, "data/java"),
  systemFolders: [join(root, "jvm")],
  ...more,
});

it("finds the machine's own JDK, once, under its real version", async () => {
  const program = await realpath(execFileSync("which", ["java"]).toString().trim());
  const { installations, problems } = await detectJava({
    explicitPaths: {},
    dataFolder: join(root, "none"),
    path: "/usr/bin:/bin",
  });
  const paths = await Promise.all(installations.map((installation) => realpath(installation.path)));
  expect(paths).toContain(program);
  expect(new Set(paths).size).toBe(paths.length);
  const banner = execFileSync(program, ["--version"]).toString();
  const found = installations[paths.indexOf(program)];
  expect(banner).toContain(` ${found?.version} `);
  expect(found?.major).toBeGreaterThanOrEqual(17);
  expect(problems).toEqual([]);
});

it("looks everywhere and prefers settings, then its own, JAVA_HOME, the system's, SDKMAN's, PATH", async () => {
  const setting = await fakeJava("custom/java-8", "1.8.0_452", "Java(TM) SE Runtime Environment");
  await fakeJava("data/java/21/bin/java", "21.0.12.1", "Temurin-21.0.12.1+1");
  await fakeJava("home-of-java/bin/java", "17.0.15");
  await fakeJava("jvm/java-16/bin/java", "16.0.2");
  await fakeJava("jvm/mac/Contents/Home/bin/java", "11.0.2");
  await fakeJava("me/.sdkman/candidates/java/25/bin/java", "25");
  await fakeJava("bin/java", "1.7.0_80");
  const { installations, problems } = await detectJava(
    search({
      explicitPaths: { 8: setting },
      javaHome: join(root, "home-of-java"),
      homeFolder: join(root, "me"),
      path: `relative:${join(root, "bin")}`,
    }),
  );
  expect(installations.map(({ source, major, vendor }) => [source, major, vendor])).toEqual([
    ["setting", 8, "Oracle"],
    ["data", 21, "Eclipse Temurin"],
    ["java-home", 17, "OpenJDK"],
    ["system", 16, "OpenJDK"],
    ["system", 11, "OpenJDK"],
    ["sdkman", 25, "OpenJDK"],
    ["path", 7, "OpenJDK"],
  ]);
  expect(problems).toEqual([]);
});

it("asks a program with several names once and keeps its first name", async () => {
  const real = await fakeJava("jvm/java-17/bin/java", "17.0.15");
  await symlink(join(root, "jvm/java-17"), join(root, "jvm/default"));
  await mkdir(join(root, "bin"));
  await symlink(real, join(root, "bin/java"));
  const { installations } = await detectJava(search({ path: join(root, "bin"), javaHome: join(root, "jvm/java-17") }));
  expect(installations).toMatchObject([{ source: "java-home", path: real }]);
  expect(execFileSync("wc", ["-l", join(root, "asked")]).toString()).toMatch(/^1 /);
});

it("takes a home for a setting as well as a program", async () => {
  const real = await fakeJava("jdk/bin/java", "21.0.1");
  const { installations, problems } = await detectJava(search({ explicitPaths: { 21: join(root, "jdk") } }));
  expect(installations).toMatchObject([{ major: 21, path: real, source: "setting" }]);
  expect(problems).toEqual([]);
});

it("says which settings do not keep their promise", async () => {
  const other = await fakeJava("java-17", "17.0.15");
  await writeFile(join(root, "no-java"), "#!/bin/sh\necho hello\n", { mode: 0o755 });
  await writeFile(join(root, "no-program"), "hello");
  await chmod(join(root, "no-program"), 0o644);
  const explicitPaths = {
    8: join(root, "nowhere"),
    16: other,
    17: other,
    21: join(root, "no-java"),
    25: join(root, "no-program"),
  };
  const { installations, problems } = await detectJava(search({ explicitPaths }));
  expect(installations.map((installation) => installation.major)).toEqual([17]);
  expect(problems.map(({ expected, reason, found }) => [expected, reason, found]).sort()).toEqual([
    [16, "other-major", 17],
    [21, "not-java", null],
    [25, "not-java", null],
    [8, "missing", null],
  ]);
});

it("is not held up by a program that hangs or floods", { timeout: 15_000 }, async () => {
  await fakeJava("jvm/a/bin/java", "17.0.15");
  await mkdir(join(root, "jvm/b/bin"), { recursive: true });
  await writeFile(join(root, "jvm/b/bin/java"), "#!/bin/sh\nsleep 30\n", { mode: 0o755 });
  await mkdir(join(root, "jvm/c/bin"), { recursive: true });
  await writeFile(join(root, "jvm/c/bin/java"), "#!/bin/sh\nyes\n", { mode: 0o755 });
  const { installations } = await detectJava(search());
  expect(installations.map((installation) => installation.major)).toEqual([17]);
});
