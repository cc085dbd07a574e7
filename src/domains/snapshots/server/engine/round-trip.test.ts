import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fchmodSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine, type TestEngine } from "@/test/snapshots/open-test-engine";

const isRoot = process.getuid?.() === 0;
let on: TestEngine;
beforeEach(async () => {
  on = await openTestEngine();
});
// Ten thousand files take their time to be removed on a busy machine.
afterEach(() => on.close(), 180_000);

const restored = () => join(on.base, "restored");
const restore = (id: string) => on.engine.restoreSnapshot({ id, target: restored() });

describe("a snapshot and its restore", () => {
  it("brings back contents, modes, times, empty folders, links and names of every kind, byte for byte", async () => {
    const at = (...parts: string[]) => join(on.world, ...parts);
    mkdirSync(at("region"));
    mkdirSync(at("empty", "deeper"), { recursive: true });
    writeFileSync(at("region", "r.0.0.mca"), randomBytes(5_000_000));
    writeFileSync(at("region", "r.0.1.mca"), Buffer.alloc(2 * 1024 * 1024, 7));
    writeFileSync(at("region", "r.0.2.mca"), randomBytes(128 * 1024));
    writeFileSync(at("nothing"), "");
    writeFileSync(at("twice-1"), "the same");
    writeFileSync(at("twice-2"), "the same");
    // é as one code point and as two, a name that is no UTF-8, one with a line break and quotes.
    writeFileSync(at("caf\u00e9"), "composed");
    writeFileSync(at("cafe\u0301"), "decomposed");
    const raw = Buffer.concat([Buffer.from(`${on.world}/`), Buffer.from([0x66, 0xff, 0xfe, 0x80, 0x2e, 0xc3])]);
    writeFileSync(raw, "raw name");
    mkdirSync(Buffer.concat([raw, Buffer.from("d")]));
    writeFileSync(Buffer.concat([raw, Buffer.from("d/\u{1f600}")]), "inside");
    writeFileSync(at('new\nline "quoted" \\'), "odd");
    symlinkSync("/etc/passwd", at("outside"));
    symlinkSync("region/r.0.0.mca", at("inside"));
    chmodSync(at("twice-2"), 0o640);
    chmodSync(at("empty", "deeper"), 0o1755);
    utimesSync(at("region", "r.0.0.mca"), 981_173_106.123456, 981_173_106.123456);
    utimesSync(at("empty"), 1_000_000_000, 1_000_000_000);
    chmodSync(at("nothing"), 0);
    const before = describeTree(on.world);

    const result = await on.take("first");
    expect(result).toMatchObject({ totals: { files: 11, folders: 4, links: 2 }, unsteady: [], special: [] });
    await restore("first");
    expect(describeTree(restored())).toEqual(before);
    expect(describeTree(on.world)).toEqual(before);
    expect(readdirSync(join(on.root, ".staging"))).toEqual([]);
  });

  it("names FIFOs and sockets instead of opening them", async () => {
    spawnSync("mkfifo", [join(on.world, "pipe")]);
    writeFileSync(join(on.world, "file"), "x");
    expect(await on.take("first")).toMatchObject({ special: ["pipe"], totals: { files: 1 } });
  });

  it("keeps 10,000 small files in a handful of objects", { timeout: 120_000 }, async () => {
    for (let folder = 0; folder < 10; folder++) {
      mkdirSync(join(on.world, `d${folder}`));
      for (let file = 0; file < 1000; file++)
        writeFileSync(join(on.world, `d${folder}`, `${file}.json`), `{"folder":${folder},"file":${file}}`);
    }
    const before = describeTree(on.world);
    await on.take("first");
    const objects = readdirSync(join(on.root, "objects"), { recursive: true }).filter((name) =>
      /zst$/.test(String(name)),
    );
    expect(objects.length).toBeLessThan(5);
    await restore("first");
    expect(describeTree(restored())).toEqual(before);
  });

  it("restores a sparse file of half a GB sparse", { timeout: 120_000 }, async () => {
    const path = join(on.world, "sparse");
    const fd = openSync(path, "w");
    writeSync(fd, "begin", 0);
    writeSync(fd, "middle", 300_000_001);
    ftruncateSync(fd, 512 * 1024 ** 2);
    fchmodSync(fd, 0o600);
    closeSync(fd);
    const result = await on.take("first");
    expect(result.addedBytes).toBeLessThan(1_000_000);
    await restore("first");
    expect(statSync(join(restored(), "sparse")).size).toBe(512 * 1024 ** 2);
    expect(lstatSync(join(restored(), "sparse")).blocks * 512).toBeLessThan(100_000);
    expect(spawnSync("cmp", [path, join(restored(), "sparse")]).status).toBe(0);
  });

  it("reads only what changed the second time, and adds only that", async () => {
    for (let index = 0; index < 20; index++) writeFileSync(join(on.world, `${index}.mca`), randomBytes(300_000));
    spawnSync("find", [on.world, "-exec", "touch", "-d", "2 minutes ago", "{}", "+"]);
    await new Promise((resolve) => setTimeout(resolve, 2100));
    await on.take("first");
    writeFileSync(join(on.world, "3.mca"), randomBytes(300_000));
    rmSync(join(on.world, "4.mca"));
    const second = await on.take("second");
    expect(second).toMatchObject({ readFiles: 1, readBytes: 300_000, totals: { files: 19 } });
    expect(second.addedBytes).toBeLessThan(310_000);
    const before = describeTree(on.world);
    await restore("second");
    expect(describeTree(restored())).toEqual(before);
  });

  if (isRoot) {
    it("gives everything to the owner that is asked for, and hands out no set-user bit", async () => {
      mkdirSync(join(on.world, "folder"));
      writeFileSync(join(on.world, "folder", "file"), "x");
      symlinkSync("file", join(on.world, "folder", "link"));
      chmodSync(join(on.world, "folder", "file"), 0o4755);
      await on.take("first");
      await on.engine.restoreSnapshot({ id: "first", target: restored(), owner: { uid: 54_321, gid: 54_322 } });
      for (const path of ["", "folder", "folder/file", "folder/link"]) {
        const { uid, gid } = lstatSync(join(restored(), path));
        expect([path, uid, gid]).toEqual([path, 54_321, 54_322]);
      }
      expect(statSync(join(restored(), "folder", "file")).mode & 0o7777).toBe(0o755);
    });
  }
});
