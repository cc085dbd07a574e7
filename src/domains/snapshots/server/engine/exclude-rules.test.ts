import { expect, it } from "vitest";
import { compileExcludes, usualExcludes } from "./exclude-rules";

const isExcluded = (patterns: readonly string[], path: string, isFolder = false) =>
  compileExcludes(patterns)(path, isFolder);

it.each([
  ["session.lock", "session.lock", true],
  ["session.lock", "world/session.lock", true],
  ["session.lock", "world/session.lock2", false],
  ["*.jar", "plugins/a.jar", true],
  ["*.jar", "a.jar.txt", false],
  ["/*.jar", "server.jar", true],
  ["/*.jar", "plugins/a.jar", false],
  ["world/**/*.dat_old", "world/playerdata/x.dat_old", true],
  ["world/**/*.dat_old", "world/level.dat_old", true],
  ["world/**/*.dat_old", "other/level.dat_old", false],
  ["r.?.mca", "region/r.1.mca", true],
  ["r.?.mca", "region/r.10.mca", false],
  ["a+b(c)[d]", "x/a+b(c)[d]", true],
  ["a.b", "aXb", false],
  ["plugins/map", "plugins/map", true],
  ["plugins/map", "old/plugins/map", false],
])("%s on %s: %s", (pattern, path, expected) => expect(isExcluded([pattern], path)).toBe(expected));

it("takes a slash at the end for folders alone", () => {
  expect(isExcluded(["/logs/"], "logs", true)).toBe(true);
  expect(isExcluded(["/logs/"], "logs", false)).toBe(false);
  expect(isExcluded(["/logs/"], "world/logs", true)).toBe(false);
  expect(isExcluded(["cache/"], "plugins/x/cache", true)).toBe(true);
});

it("leaves worlds, plugins and settings of a server in", () => {
  for (const path of [
    "world/level.dat",
    "world/region/r.0.0.mca",
    "plugins/a.jar",
    "server.properties",
    "whitelist.json",
  ])
    expect([path, isExcluded(usualExcludes, path)]).toEqual([path, false]);
  for (const path of ["world/session.lock", "server.jar", ".rcon-cli.env", "hs_err_pid12.log"])
    expect([path, isExcluded(usualExcludes, path)]).toEqual([path, true]);
});
