import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dataPaths } from "@/server/fs/data-paths";
import { createLogger } from "@/server/logger";
import { binariesIn, findPostgresBinaries } from "./postgres-binaries";
import { repairBinaries } from "./repair-binaries";
import { usableBinaries } from "./usable-binaries";

const log = createLogger({ level: "silent", pretty: false });
let base: string;

beforeEach(() => {
  base = mkdtempSync("/tmp/mcsd-binaries-");
  chmodSync(base, 0o755);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** A package as npm unpacks it when its install script is blocked: no links, and programs that lost their mode. */
function freshPackage() {
  const folder = join(base, "package", "native");
  for (const name of ["bin", "lib", "lib/pkgconfig", "include", "share"])
    mkdirSync(join(folder, name), { recursive: true });
  for (const name of [
    "bin/initdb",
    "bin/postgres",
    "lib/libpq.so.5.18",
    "lib/libpq.a",
    "include/libpq-fe.h",
    "share/timezone",
  ]) {
    writeFileSync(join(folder, name), name, { mode: 0o644 });
  }
  const links = ["native/lib/libpq.so", "native/lib/libpq.so.5"].map((target) => ({
    source: "native/lib/libpq.so.5.18",
    target,
  }));
  writeFileSync(join(folder, "pg-symlinks.json"), JSON.stringify(links));
  return binariesIn(folder, { version: "18.4.0" });
}

describe("repairBinaries", () => {
  it("makes the links and the modes that a blocked install script left undone, by many at once and again", async () => {
    const binaries = freshPackage();
    expect(await Promise.all(Array.from({ length: 8 }, () => repairBinaries(binaries)))).toEqual(Array(8).fill(true));
    expect(await repairBinaries(binaries)).toBe(true);
    expect(readlinkSync(join(binaries.folder, "lib/libpq.so.5"))).toBe("libpq.so.5.18");
    expect(readFileSync(join(binaries.folder, "lib/libpq.so"), "utf8")).toBe("lib/libpq.so.5.18");
    expect(statSync(binaries.postgres).mode & 0o777).toBe(0o755);
  });

  it("leaves a link alone that is there", async () => {
    const binaries = freshPackage();
    symlinkSync("elsewhere", join(binaries.folder, "lib/libpq.so"));
    expect(await repairBinaries(binaries)).toBe(true);
    expect(readlinkSync(join(binaries.folder, "lib/libpq.so"))).toBe("elsewhere");
  });
});

describe("usableBinaries", () => {
  const find = (uid: number | null) => {
    mkdirSync(join(base, "data"), { recursive: true });
    return usableBinaries({ installed: freshPackage(), paths: dataPaths(join(base, "data")), uid, log });
  };

  it("takes the installed programs where the database's user reaches them", async () => {
    expect((await find(199_999)).folder).toBe(join(base, "package", "native"));
    expect(existsSync(join(base, "data", "postgres-bin-18.4.0"))).toBe(false);
  });

  it("copies them once where that user cannot, links and all, and clears older copies away", async () => {
    mkdirSync(join(base, "package"), { mode: 0o700 });
    mkdirSync(join(base, "data", "postgres-bin-17.1.0"), { recursive: true });
    mkdirSync(join(base, "data", "postgres-bin-18.4.0.copy"));
    const copy = await find(199_999);
    expect(readdirSync(join(base, "data"))).toEqual(["postgres-bin-18.4.0"]);
    expect(readdirSync(copy.folder).sort()).toEqual(["bin", "lib", "pg-symlinks.json", "share"]);
    expect(readdirSync(join(copy.folder, "lib")).sort()).toEqual(["libpq.so", "libpq.so.5", "libpq.so.5.18"]);
    const madeAt = statSync(copy.folder).ctimeMs;
    rmSync(join(base, "package"), { recursive: true });
    mkdirSync(join(base, "package"), { mode: 0o700 });
    expect((await find(199_999)).postgres).toBe(copy.postgres);
    expect(statSync(copy.folder).ctimeMs).toBe(madeAt);
  });
});

it("finds the programs of this platform through their package", async () => {
  const binaries = await findPostgresBinaries();
  expect(existsSync(binaries.initdb) && existsSync(binaries.postgres)).toBe(true);
  expect(binaries.major).toBeGreaterThanOrEqual(18);
});
