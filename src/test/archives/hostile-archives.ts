import { gzipSync } from "node:zlib";
import { compress } from "@mongodb-js/zstd";
import type { ArchiveRule } from "@/lib/archive-rules";
import { pax, type RawTarEntry, rawTar } from "./raw-tar";
import { type RawZipEntry, rawZip } from "./raw-zip";

export interface HostileArchive {
  name: string;
  make: () => Buffer | Promise<Buffer>;
  /** Any of these is a right reason. */
  rules: readonly ArchiveRule[];
}

const mb = 1024 * 1024;
const link = 0o120777;
/** Names that lead out of the folder, or that systems disagree about. */
const names: readonly (readonly [string, string, readonly ArchiveRule[]])[] = [
  ["traversal", "../evil.txt", ["parentPath"]],
  ["traversal inside", "a/../../evil.txt", ["parentPath"]],
  ["absolute", "/etc/evil.txt", ["absolutePath"]],
  ["backslash", "..\\evil.txt", ["backslash"]],
  ["drive", "C:/evil.txt", ["driveLetter", "parentPath"]],
  ["drive relative", "C:evil.txt", ["driveLetter"]],
  ["NUL", "good.txt\0.sh", ["nul", "damaged", "ambiguous"]],
  ["very long", `${"a".repeat(400)}.txt`, ["nameTooLong"]],
  ["very deep", `${"d/".repeat(120)}x`, ["tooDeep"]],
];
/** Two names each that are one on some systems, or one twice. */
const pairs: readonly (readonly [string, string, string, readonly ArchiveRule[]])[] = [
  ["duplicates", "a.txt", "a.txt", ["duplicate"]],
  ["case twins", "Config.yml", "config.yml", ["twin"]],
  ["Unicode twins", "caf\u00e9.txt", "cafe\u0301.txt", ["twin"]],
  ["dot twins", "a.txt", "a.txt.", ["twin"]],
  ["sharp s twins", "stra\u00dfe.txt", "strasse.txt", ["twin"]],
  ["file and folder", "a", "a/b.txt", ["fileAndFolder", "twin", "duplicate"]],
];

const longName = (entry: RawTarEntry): RawTarEntry[] =>
  Buffer.byteLength(entry.name) > 99
    ? [
        { name: "././@LongLink", type: "L", content: `${entry.name}\0` },
        { ...entry, name: "x" },
      ]
    : [entry];
const tarOf = (entries: readonly RawTarEntry[]) => rawTar(entries.flatMap(longName));
const good = { name: "good.txt", content: "good" };

const tars: HostileArchive[] = [
  ...names
    .filter(([name]) => name !== "NUL")
    .map(([name, path, rules]) => ({ name, rules, make: () => tarOf([good, { name: path, content: "evil" }]) })),
  ...pairs.map(([name, first, second, rules]) => ({
    name,
    rules,
    make: () =>
      tarOf([
        { name: first, content: "1" },
        { name: second, content: "2" },
      ]),
  })),
  { name: "symlink", rules: ["link"], make: () => rawTar([{ name: "out", type: "2", link: "/etc" }]) },
  {
    name: "write through a symlink",
    rules: ["link"],
    make: () =>
      rawTar([
        { name: "out", type: "2", link: "/tmp" },
        { name: "out/evil.txt", content: "evil" },
      ]),
  },
  { name: "hard link", rules: ["hardLink"], make: () => rawTar([{ name: "h", type: "1", link: "/etc/passwd" }]) },
  { name: "character device", rules: ["special"], make: () => rawTar([{ name: "dev", type: "3" }]) },
  { name: "block device", rules: ["special"], make: () => rawTar([{ name: "dev", type: "4" }]) },
  { name: "FIFO", rules: ["special"], make: () => rawTar([{ name: "fifo", type: "6" }]) },
  { name: "unknown kind", rules: ["special", "unsupported"], make: () => rawTar([{ name: "odd", type: "Q" }]) },
  { name: "bad checksum", rules: ["damaged", "notAnArchive"], make: () => rawTar([{ ...good, isBad: true }]) },
  { name: "truncated", rules: ["damaged"], make: () => rawTar([{ ...good, size: 100_000 }], { end: 0 }) },
  {
    name: "size of a petabyte",
    rules: ["damaged", "fileTooLarge"],
    make: () => rawTar([{ ...good, size: 8 ** 11 - 1 }]),
  },
  {
    name: "path by PAX",
    rules: ["parentPath"],
    make: () => rawTar([pax({ path: "../../evil.txt" }), good]),
  },
  {
    name: "link by PAX",
    rules: ["link", "damaged"],
    make: () => rawTar([pax({ linkpath: "/etc" }), { name: "l", type: "2" }]),
  },
  { name: "size by PAX", rules: ["damaged", "fileTooLarge"], make: () => rawTar([pax({ size: "99999999999" }), good]) },
  {
    name: "huge PAX header",
    rules: ["unsupported", "damaged"],
    make: () => rawTar([pax({ comment: "x".repeat(2 * mb) }), good]),
  },
  {
    name: "garbage",
    rules: ["damaged", "notAnArchive"],
    make: () => Buffer.concat([rawTar([good], { end: 0 }), Buffer.alloc(4096, 7)]),
  },
  {
    name: "3,000 empty entries",
    rules: ["tooManyEntries"],
    make: () => rawTar(Array.from({ length: 3000 }, (_, index) => ({ name: `e/${index}` }))),
  },
];

const zips: HostileArchive[] = [
  ...names.map(([name, path, rules]) => ({ name, rules, make: () => rawZip([good, { name: path, content: "evil" }]) })),
  ...pairs.map(([name, first, second, rules]) => ({
    name,
    rules: [...rules, "ambiguous" as const],
    make: () =>
      rawZip([
        { name: first, content: "1" },
        { name: second, content: "2" },
      ]),
  })),
  { name: "symlink", rules: ["link"], make: () => rawZip([{ name: "out", content: "/etc", mode: link }]) },
  {
    name: "write through a symlink",
    rules: ["link"],
    make: () =>
      rawZip([
        { name: "out", content: "/tmp", mode: link },
        { name: "out/evil.txt", content: "evil" },
      ]),
  },
  { name: "device", rules: ["special"], make: () => rawZip([{ name: "dev", mode: 0o020666 }]) },
  { name: "FIFO", rules: ["special"], make: () => rawZip([{ name: "fifo", mode: 0o010666 }]) },
  { name: "wrong checksum", rules: ["damaged"], make: () => rawZip([{ ...good, crc: 1 }]) },
  {
    name: "size too small",
    rules: ["damaged", "ambiguous"],
    make: () => rawZip([{ name: "a", content: Buffer.alloc(mb), isDeflated: true, size: 10 }]),
  },
  { name: "size too large", rules: ["damaged", "ambiguous"], make: () => rawZip([{ ...good, size: 50_000_000 }]) },
  {
    name: "other name in its own header",
    rules: ["damaged", "ambiguous"],
    make: () => rawZip([{ ...good, localName: "evil.txt" }]),
  },
  { name: "encrypted", rules: ["encrypted"], make: () => rawZip([{ ...good, flags: 0x0801 }]) },
  {
    name: "truncated",
    rules: ["damaged", "notAnArchive"],
    make: () => rawZip([good, { name: "b", content: "b" }]).subarray(0, 60),
  },
  {
    name: "two files of the same bytes",
    rules: ["overlap", "ambiguous"],
    make: () => rawZip([good, { ...good, name: "again.txt", sharesWith: 0 }]),
  },
  {
    name: "overlapping bomb",
    rules: ["overlap", "ambiguous", "ratio"],
    make: () => {
      const kernel: RawZipEntry = { name: "0", content: Buffer.alloc(4 * mb), isDeflated: true };
      return rawZip([
        kernel,
        ...Array.from({ length: 500 }, (_, index) => ({ ...kernel, name: `${index + 1}`, sharesWith: 0 })),
      ]);
    },
  },
  {
    name: "3,000 empty entries",
    rules: ["tooManyEntries"],
    make: () => rawZip(Array.from({ length: 3000 }, (_, index) => ({ name: `e/${index}` }))),
  },
  {
    name: "bomb",
    rules: ["ratio", "fileTooLarge", "tooLarge"],
    make: () => rawZip([{ name: "zeros", content: Buffer.alloc(200 * mb), isDeflated: true }]),
  },
];

/** Every hostile tar as it is, under gzip and under zstd, every hostile ZIP, and bombs of each kind. */
export const hostileArchives: readonly (HostileArchive & { file: string })[] = [
  ...tars.map((archive) => ({ ...archive, file: "evil.tar" })),
  ...tars.map((archive) => ({ ...archive, make: async () => gzipSync(await archive.make()), file: "evil.tar.gz" })),
  ...tars.map((archive) => ({ ...archive, make: async () => compress(await archive.make(), 1), file: "evil.tar.zst" })),
  ...zips.map((archive) => ({ ...archive, file: "evil.zip" })),
  {
    name: "gzip bomb",
    file: "evil.tar.gz",
    rules: ["ratio", "tooLarge", "fileTooLarge"],
    make: () => gzipSync(rawTar([{ name: "zeros", content: Buffer.alloc(200 * mb) }])),
  },
  {
    name: "gzip bomb of padding",
    file: "evil.tar.gz",
    rules: ["ratio", "damaged"],
    make: () => gzipSync(Buffer.concat([rawTar([good]), Buffer.alloc(300 * mb)])),
  },
  {
    name: "zstd bomb",
    file: "evil.tar.zst",
    rules: ["ratio", "tooLarge", "fileTooLarge"],
    make: () => compress(rawTar([{ name: "zeros", content: Buffer.alloc(200 * mb) }]), 1),
  },
  {
    name: "zstd with a window of 2 GiB",
    file: "evil.tar.zst",
    rules: ["damaged", "memory", "unsupported", "notAnArchive"],
    make: () => Buffer.from("28b52ffd04a8000000", "hex"),
  },
  {
    name: "cut off gzip",
    file: "evil.tar.gz",
    rules: ["damaged"],
    make: () => gzipSync(rawTar([good, { name: "b", content: Buffer.alloc(100_000, 3) }])).subarray(0, 120),
  },
  {
    name: "7z",
    file: "evil.zip",
    rules: ["notAnArchive"],
    make: () => Buffer.concat([Buffer.from("377abcaf271c0004", "hex"), Buffer.alloc(2000, 1)]),
  },
  {
    name: "no archive",
    file: "evil.zip",
    rules: ["notAnArchive"],
    make: () => Buffer.from("just text that calls itself an archive".repeat(40)),
  },
  { name: "empty", file: "evil.tar", rules: ["notAnArchive"], make: () => Buffer.alloc(0) },
];

/** One for each way of breaking a rule, of every kind of archive in turn; the whole of it takes minutes. */
export const sampleOfHostile: readonly (typeof hostileArchives)[number][] = [
  ...new Map(hostileArchives.map((archive) => [archive.rules[0], archive])).values(),
];
