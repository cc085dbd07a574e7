import { z } from "zod";
import { isSafePath, pathFromBytes, pathToBytes } from "@/server/fs/path-bytes";
import { type ManifestEntry, resourceTypes, type SnapshotInfo, snapshotTypes } from "./manifest";

const mode = z.string().regex(/^[0-7]{1,5}$/);
const time = z.string().regex(/^-?\d{1,12}\.\d{9}$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();

export const infoSchema = z.object({
  id: z.string(),
  resourceType: z.enum(resourceTypes),
  identifier: z.string(),
  version: z.int().positive(),
  type: z.enum(snapshotTypes),
  note: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  metadata: z.record(z.string(), z.unknown()),
}) satisfies z.ZodType<SnapshotInfo>;

/** The first line, once it is closed again. */
export const headSchema = z.object({
  format: z.literal("mcsd-snapshot"),
  formatVersion: z.literal(1),
  ...infoSchema.shape,
  totals: z.object({ files: count, folders: count, links: count, bytes: count }),
  root: z.object({ mode, mtime: time }),
});

const place = { path: z.string().optional(), pathBase64: z.base64().optional(), mode, mtime: time };
const entrySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("file"), ...place, size: count, sha256: hash, sparse: z.literal(true).optional() }),
  z.object({ type: z.literal("folder"), ...place }),
  z.object({
    type: z.literal("link"),
    ...place,
    target: z.string().optional(),
    targetBase64: z.base64().optional(),
  }),
]);

export function encodeEntry(entry: ManifestEntry): string {
  const common = {
    type: entry.type,
    ...encodePath("path", entry.path),
    mode: encodeMode(entry.mode),
    mtime: encodeTime(entry.mtimeNs),
  };
  if (entry.type === "folder") return JSON.stringify(common);
  if (entry.type === "link") return JSON.stringify({ ...common, ...encodePath("target", entry.target) });
  const { size, hash: sha256, isSparse } = entry;
  return JSON.stringify({ ...common, size, sha256, ...(isSparse ? { sparse: true } : {}) });
}

/** Throws for what is no entry, and for a path that would leave the folder it is restored into. */
export function decodeEntry(line: string): ManifestEntry {
  const parsed = entrySchema.parse(JSON.parse(line));
  const path = decodePath(parsed.path, parsed.pathBase64);
  if (!isSafePath(path)) throw new Error("An entry has a path that cannot be.");
  const common = { path, mode: decodeMode(parsed.mode), mtimeNs: decodeTime(parsed.mtime) };
  if (parsed.type === "folder") return { type: "folder", ...common };
  if (parsed.type === "link")
    return { type: "link", ...common, target: decodePath(parsed.target, parsed.targetBase64) };
  return { type: "file", ...common, size: parsed.size, hash: parsed.sha256, isSparse: parsed.sparse === true };
}

export const encodeMode = (bits: number) => bits.toString(8).padStart(4, "0");
export const decodeMode = (text: string) => Number.parseInt(text, 8) & 0o7777;

/** Seconds with nine decimals, as `touch -d @…` takes them. */
export function encodeTime(timeNs: bigint): string {
  const seconds = timeNs / 1_000_000_000n - (timeNs % 1_000_000_000n < 0n ? 1n : 0n);
  return `${seconds}.${String(timeNs - seconds * 1_000_000_000n).padStart(9, "0")}`;
}

export function decodeTime(text: string): bigint {
  const [seconds = "0", fraction = "0"] = text.split(".");
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction);
}

function encodePath(name: "path" | "target", path: string): Record<string, string> {
  return path.isWellFormed() ? { [name]: path } : { [`${name}Base64`]: pathToBytes(path).toString("base64") };
}

function decodePath(plain: string | undefined, base64: string | undefined): string {
  return base64 === undefined ? (plain ?? "") : pathFromBytes(Buffer.from(base64, "base64"));
}
