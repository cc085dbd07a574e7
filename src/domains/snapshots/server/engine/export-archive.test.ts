import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArchiveFormat, archiveFormats } from "@/server/archive/archive-format";
import { encodeTarHeader, tarEnd, tarPadding } from "@/server/archive/tar-header";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";
import { compress } from "./zstd-frames";

const limits = { maxBytes: 50_000_000, maxFiles: 2000, maxFileBytes: 20_000_000, maxRatio: 100 };
const longName = `${"a-long-name-".repeat(15)}é.json`;
let on: TestEngine;
beforeEach(async () => {
  on = await openTestEngine();
});
afterEach(() => on.close());

function fillWorld() {
  mkdirSync(join(on.world, "region", "empty"), { recursive: true });
  writeFileSync(join(on.world, "region", "r.0.0.mca"), randomBytes(5_000_000));
  writeFileSync(join(on.world, "région.txt"), "hello");
  writeFileSync(join(on.world, longName), "long");
  writeFileSync(join(on.world, "nothing"), "");
  writeFileSync(join(on.world, "run.sh"), "#!/bin/sh\n");
  chmodSync(join(on.world, "run.sh"), 0o755);
  for (let index = 0; index < 300; index++) writeFileSync(join(on.world, `${index}.json`), `{"n":${index}}`);
  for (const name of readdirSync(on.world, { recursive: true }).map(String).reverse())
    utimesSync(join(on.world, name), 1_600_000_000, 1_600_000_000);
}

async function exported(format: ArchiveFormat, more: { paths?: string[]; folder?: string; withLinks?: boolean } = {}) {
  const file = join(on.base, `out.${format}`);
  await pipeline(await on.engine.exportArchive({ id: "first", format, ...more }), createWriteStream(file));
  return file;
}
const importInto = (archive: string, own: Partial<typeof limits> = {}) => {
  const target = join(on.base, "imported");
  return on.engine.importArchive({ archive, target, limits: { ...limits, ...own } });
};

describe("archives of a snapshot", () => {
  it.each(archiveFormats)("go out and come in again as %s", async (format) => {
    fillWorld();
    await on.take("first");
    const archive = await exported(format);
    expect(await importInto(archive)).toEqual({ format, files: 305, folders: 2, bytes: 5_002_609 });
    expect(describeTree(join(on.base, "imported"))).toEqual(describeTree(on.world));
  });

  it.each(["tar.zst", "tar.gz", "tar"] as const)(
    "are read by GNU tar as %s, with links and exact times",
    async (format) => {
      fillWorld();
      symlinkSync("region/r.0.0.mca", join(on.world, "link"));
      writeFileSync(Buffer.concat([Buffer.from(`${on.world}/raw-`), Buffer.from([0xff, 0xfe])]), "raw");
      await on.take("first");
      const target = join(on.base, "by-tar");
      mkdirSync(target);
      const archive = await exported(format, { withLinks: true, folder: "world" });
      const { status, stderr } = spawnSync(
        "tar",
        ["--warning=no-unknown-keyword", "-xpf", archive, "-C", target, "--strip-components=1"],
        {
          encoding: "utf8",
        },
      );
      expect([status, stderr]).toEqual([0, ""]);
      expect(describeTree(target)).toEqual(describeTree(on.world));
      expect(statSync(join(target, "run.sh"), { bigint: true }).mtimeNs).toBe(
        statSync(join(on.world, "run.sh"), { bigint: true }).mtimeNs,
      );
    },
  );

  it("hold chosen paths alone, and let go of what they read when they are left", async () => {
    fillWorld();
    await on.take("first");
    await importInto(await exported("zip", { paths: ["region"] }));
    expect(readdirSync(join(on.base, "imported"))).toEqual(["region"]);
    const left = await on.engine.exportArchive({ id: "first", format: "tar" });
    left.destroy();
    await new Promise((resolve) => left.once("close", resolve));
    await on.engine.deleteSnapshot("first");
    expect((await on.engine.collect()).keptObjects).toBe(0);
  });

  it("end with an error, not as a whole archive, when a content is damaged", async () => {
    fillWorld();
    await on.take("first");
    for (const name of readdirSync(join(on.root, "objects"), { recursive: true }).map(String)) {
      const path = join(on.root, "objects", name);
      if (!/[0-9a-f]{64}\.zst$/.test(name)) continue;
      const bytes = readFileSync(path);
      bytes[2_500_000] = (bytes[2_500_000] ?? 0) ^ 1;
      rmSync(path);
      writeFileSync(path, bytes);
    }
    for (const format of archiveFormats) await expect(exported(format)).rejects.toBeDefined();
  });

  it("say sizes from 8 GiB and long names in pax records that GNU tar reads", () => {
    const size = 9 * 1024 ** 3;
    const header = encodeTarHeader({ kind: "file", path: longName, mode: 0o644, mtimeNs: 1n, size });
    const { stdout } = spawnSync("tar", ["-tvf", "-"], {
      input: header,
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    expect(stdout).toContain(String(size));
    expect(stdout).toContain(longName.slice(0, 100));
  });
});

type Member = [name: string, content?: Buffer | "folder" | "link"];

function tarOf(members: readonly Member[]): Buffer {
  const parts = members.flatMap(([path, content = Buffer.from("x")]) => {
    const common = { path, mode: 0o644, mtimeNs: 0n };
    if (content === "folder") return [encodeTarHeader({ ...common, kind: "folder", size: 0 })];
    if (content === "link") return [encodeTarHeader({ ...common, kind: "link", size: 0, target: "/etc/passwd" })];
    return [encodeTarHeader({ ...common, kind: "file", size: content.length }), content, tarPadding(content.length)];
  });
  return Buffer.concat([...parts, tarEnd]);
}

async function zipOf(members: readonly Member[]): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  const seen = new Set<string>();
  for (const [given, content = Buffer.from("x")] of members) {
    // The writer refuses to write a name twice, so the second one is made the same afterwards.
    const name = seen.has(given) ? `${given.slice(0, -1)}\x01` : given;
    seen.add(given);
    if (content === "folder") await zip.add(`${name}/`, undefined, { directory: true });
    else if (content === "link")
      await zip.add(name, new Uint8ArrayReader(Buffer.from("/etc/passwd")), {
        externalFileAttributes: (0o120777 << 16) >>> 0,
        versionMadeBy: 0x031e,
      });
    else await zip.add(name, new Uint8ArrayReader(content));
  }
  return Buffer.from((await zip.close()).map((byte, at, all) => (byte === 1 && all[at - 1] === 0x7a ? 0x7a : byte)));
}

describe("archives that someone sends", () => {
  const refusesWhole = async (bytes: Buffer, own: Partial<typeof limits> = {}) => {
    const archive = join(on.base, "sent");
    writeFileSync(archive, bytes);
    await expect(importInto(archive, own)).rejects.toMatchObject({ code: "ARCHIVE_REFUSED" });
    expect(existsSync(join(on.base, "imported"))).toBe(false);
    expect(existsSync(join(on.base, "out"))).toBe(false);
    expect(existsSync("/tmp/mcsd-out")).toBe(false);
  };

  it("are refused for what passes a limit, counted and not believed", async () => {
    const big = randomBytes(300_000);
    for (const make of [async (members: Member[]) => tarOf(members), zipOf]) {
      await refusesWhole(await make([["a", big]]), { maxFileBytes: 299_999 });
      await refusesWhole(
        await make([
          ["a", big],
          ["b", big],
        ]),
        { maxBytes: 599_999 },
      );
      await refusesWhole(await make([["a"], ["b"], ["c/d"]]), { maxFiles: 3 });
    }
    const zeros: Member[] = [["bomb", Buffer.alloc(20_000_000)]];
    await refusesWhole(await zipOf(zeros));
    await refusesWhole(gzipSync(tarOf(zeros)));
    await refusesWhole(await compress(tarOf(zeros)));
    // Padding that no entry holds.
    await refusesWhole(await compress(Buffer.concat([tarOf([["a"]]), Buffer.alloc(200_000_000)])));
  });

  it("are refused when they are cut off, changed, or no archive", async () => {
    const members: Member[] = [["a", randomBytes(100_000)]];
    for (const whole of [
      tarOf(members),
      gzipSync(tarOf(members)),
      await compress(tarOf(members)),
      await zipOf(members),
    ])
      await refusesWhole(whole.subarray(0, 60_000));
    const zip = await zipOf(members);
    zip[50_000] = (zip[50_000] ?? 0) ^ 1;
    await refusesWhole(zip);
    await refusesWhole(randomBytes(10_000));
    await refusesWhole(Buffer.from("hello"));
    await refusesWhole(Buffer.alloc(0));
  });
});
