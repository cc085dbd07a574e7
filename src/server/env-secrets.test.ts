import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { type Env, EnvError, parseEnv } from "./env";
import { settingsTable } from "./settings-table";

const folder = mkdtempSync(join(tmpdir(), "mcsd-env-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parse = (variables: Record<string, string>): Env => parseEnv(variables as NodeJS.ProcessEnv);

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    parse(variables);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
}

it("knows which settings are secrets", () => {
  const secrets = Object.entries(settingsTable).filter(([, setting]) => "isSecret" in setting);
  expect(secrets.map(([name]) => name).sort()).toEqual([
    "ADMIN_PASSWORD",
    "DATABASE_URL",
    "DOCKER_REGISTRY_PASSWORD",
    "SECRET_KEY",
  ]);
});

it.each([
  ["DATABASE_URL", "postgres://a:hunter2@db/mcsd", {}],
  ["SECRET_KEY", "k3y-".repeat(10), {}],
  ["ADMIN_PASSWORD", "correct horse battery", { ADMIN_USERNAME: "admin" }],
] as const)("%s can come from a file", (name, text, beside) => {
  const path = join(folder, name);
  writeFileSync(path, `${text}\n`);
  expect(parse({ ...beside, [`${name}_FILE`]: path })[name]).toBe(text);

  const both = problemsOf({ ...beside, [name]: text, [`${name}_FILE`]: path });
  expect(both).toEqual([expect.stringContaining(`${name} and ${name}_FILE are both set`)]);
  expect(both.join()).not.toContain(text);

  const missing = join(folder, "missing");
  const unreadable = problemsOf({ ...beside, [`${name}_FILE`]: missing });
  expect(unreadable).toContainEqual(expect.stringContaining(`${name}_FILE: the file ${missing} cannot be read`));
  expect(unreadable).toContainEqual(expect.stringContaining("Check its path and rights"));
  expect(problemsOf({ ...beside, [`${name}_FILE`]: folder })).toContainEqual(expect.stringContaining("cannot be read"));
});

it("names a file that may not be read", () => {
  const path = join(folder, "locked");
  writeFileSync(path, "x".repeat(40));
  chmodSync(path, 0);
  // Root may read everything, so for this one look it is somebody else.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    const problem = `SECRET_KEY_FILE: the file ${path} cannot be read`;
    expect(problemsOf({ SECRET_KEY_FILE: path })).toEqual([expect.stringContaining(problem)]);
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

it("checks a secret from a file like any other, without showing it", () => {
  const path = join(folder, "short");
  writeFileSync(path, "hunter2");
  expect(problemsOf({ SECRET_KEY_FILE: path })).toEqual([
    expect.stringMatching(/^SECRET_KEY must have at least 32 characters\. Example/),
  ]);
});

it("takes no file for what is no secret", () => {
  const path = join(folder, "port");
  writeFileSync(path, "4000");
  expect(parse({ PORT_FILE: path }).PORT).toBe(3000);
});

it("wants the administrator's name and password together", () => {
  const pair = expect.stringContaining("ADMIN_USERNAME and ADMIN_PASSWORD belong together");
  expect(problemsOf({ ADMIN_USERNAME: "admin" })).toEqual([pair]);
  expect(problemsOf({ ADMIN_PASSWORD: "correct horse battery" })).toEqual([pair]);
  const path = join(folder, "admin-password");
  writeFileSync(path, "correct horse battery\n");
  expect(parse({ ADMIN_USERNAME: "admin", ADMIN_PASSWORD_FILE: path })).toMatchObject({
    ADMIN_USERNAME: "admin",
    ADMIN_PASSWORD: "correct horse battery",
  });
});
