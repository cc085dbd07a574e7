import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Client } from "@/trpc/node-client";
import { sampleOfHostile } from "./archives/hostile-archives";
import { rawTar } from "./archives/raw-tar";
import { rawZip } from "./archives/raw-zip";
import { type ArchiveTarget, openArchiveTarget } from "./archives/refuse-archive";
import { zip64, zip64EndRecord } from "./archives/zip64";
import { describeTree } from "./files/watched-outside";
import { folderOf } from "./program-servers";

let target: ArchiveTarget;
let admin: Client;
let serverId: string;
const at = (...names: string[]) => folderOf(target.program, serverId, ...names);
const staging = () => readdirSync(join(target.program.dataDir, "temp", "extractions"));

beforeAll(async () => {
  target = await openArchiveTarget();
  ({ admin, serverId } = target);
}, 120_000);
afterAll(() => target?.program.end());

const extract = (path: string, to: string) => admin.files.extract.mutate({ serverId, path, to, wait: true });

describe("a hostile archive", { timeout: 60_000 }, () => {
  it.each(sampleOfHostile.map((archive) => [`${archive.file}: ${archive.name}`, archive] as const))(
    "%s is refused with its reason, extracted or imported, and nothing has changed",
    (_, archive) => target.refuses(archive),
  );
});

describe("a good archive", { timeout: 60_000 }, () => {
  it("merges into a folder that is there; what it replaces is in the history", async () => {
    writeFileSync(
      at("a.zip"),
      rawZip([
        { name: "good.txt", content: "new", isDeflated: true },
        { name: "deep/more.txt", content: "more" },
        { name: "fresh/x.sh", content: "x", mode: 0o104755 },
      ]),
    );
    const entries = await extract("a.zip", "target");
    expect(Array.isArray(entries) && entries.map(({ path }) => path)).toEqual([
      "target/deep/more.txt",
      "target/fresh",
      "target/good.txt",
    ]);
    expect(readFileSync(at("target", "good.txt"), "utf8")).toBe("new");
    expect(readFileSync(at("target", "deep", "kept.txt"), "utf8")).toBe("kept");
    // Never setuid, and the server's own.
    const { mode, uid } = statSync(at("target", "fresh", "x.sh"));
    expect([mode & 0o7777, uid]).toEqual([0o755, statSync(at()).uid]);
    const [version] = await admin.files.history.query({ serverId, path: "target/good.txt" });
    expect(version).toMatchObject({ reason: "extract" });
    await admin.files.rollback.mutate({ serverId, path: "target/good.txt", snapshotId: version?.snapshotId ?? "" });
    expect(readFileSync(at("target", "good.txt"), "utf8")).toBe("of before");
    expect(staging()).toEqual([]);
  });

  it("with a file where a folder is changes nothing", async () => {
    writeFileSync(
      at("b.tar"),
      rawTar([
        { name: "aaa.txt", content: "1" },
        { name: "deep", content: "2" },
      ]),
    );
    const before = describeTree(at("target"));
    await expect(extract("b.tar", "target")).rejects.toThrow("already");
    expect(describeTree(at("target"))).toBe(before);
  });

  it("inside an archive stays a file", async () => {
    const inner = gzipSync(rawTar([{ name: "zeros", content: Buffer.alloc(50 * 1024 * 1024) }]));
    writeFileSync(at("nested.tar"), rawTar([{ name: "inner.tar.gz", content: inner }]));
    await extract("nested.tar", "nested");
    expect(readFileSync(at("nested", "inner.tar.gz"))).toEqual(inner);
  });

  it("with 64-bit fields throughout, as streams are packed, comes back byte for byte", async () => {
    const contents = {
      "small.txt": Buffer.from("text"),
      "large.bin": randomBytes(3_000_000),
      "none.txt": Buffer.alloc(0),
    };
    const packed = await zip64(Object.entries(contents).map(([name, content]) => ({ name, content })));
    expect(packed.includes(zip64EndRecord)).toBe(true);
    writeFileSync(at("sixty-four.zip"), packed);
    await extract("sixty-four.zip", "sixty-four");
    for (const [name, content] of Object.entries(contents))
      expect(readFileSync(at("sixty-four", name)).equals(content), name).toBe(true);
  });

  it.each(["zip", "tar", "tar.gz", "tar.zst"])("comes back byte for byte as .%s", async (format) => {
    mkdirSync(at("source", "empty"), { recursive: true });
    writeFileSync(at("source", "ünïcode ファイル.txt"), "text");
    writeFileSync(
      at("source", "bytes.bin"),
      Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251)),
    );
    const made = await admin.files.compress.mutate({ serverId, paths: ["source"], to: `made.${format}`, wait: true });
    expect(made).toMatchObject({ kind: "file", name: `made.${format}` });
    await expect(
      admin.files.compress.mutate({ serverId, paths: ["source"], to: `made.${format}`, wait: true }),
    ).rejects.toThrow("already");
    await extract(`made.${format}`, `back-${format}`);
    for (const name of readdirSync(at("source")))
      if (name !== "empty")
        expect(readFileSync(at(`back-${format}`, "source", name))).toEqual(readFileSync(at("source", name)));
    expect(existsSync(at(`back-${format}`, "source", "empty"))).toBe(true);
  });
});
