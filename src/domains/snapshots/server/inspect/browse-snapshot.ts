import type { z } from "zod";
import type { Ctx } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import type { browseSnapshotInputSchema, Region, regionsInputSchema, SnapshotEntry } from "../../contract";
import { reachComplete } from "../reach-snapshot";

const regionName = /^(.*?)(?:\/)?(region|entities|poi)\/r\.(-?\d{1,7})\.(-?\d{1,7})\.mca$/;
const kinds = { file: "file", folder: "folder", link: "link" } as const;

/** What a folder of a snapshot holds, straight from its manifest: folders first, then by name. */
export async function browseSnapshot(
  ctx: Ctx,
  input: z.output<typeof browseSnapshotInputSchema>,
): Promise<{ items: SnapshotEntry[]; nextCursor: string | null }> {
  await reachComplete(ctx, input.snapshotId, "backups.view");
  const { entries } = await ctx.snapshots.engine.browse(input.snapshotId, input.path).catch(asPathNotFound);
  const all = entries
    .map(({ name, entry, bytes }) => ({
      name: name.toWellFormed(),
      path: entry.path.toWellFormed(),
      kind: kinds[entry.type],
      size: bytes,
      modifiedAt: new Date(Number(entry.mtimeNs / 1_000_000n)),
    }))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
  return page(all, input, ({ kind, name }) => `${kind === "folder" ? 0 : 1}${name}`);
}

function rank({ kind }: SnapshotEntry): number {
  return kind === "folder" ? 0 : 1;
}

/** The region files of a snapshot, by the folder of their dimension, with the dates that a map of them shows. */
export async function listRegions(
  ctx: Ctx,
  input: z.output<typeof regionsInputSchema>,
): Promise<{ dimension: string; regions: Region[] }[]> {
  await reachComplete(ctx, input.snapshotId, "backups.view");
  const found = new Map<string, Map<string, Region>>();
  const besides: { dimension: string; place: string; kind: Region["besides"][number] }[] = [];
  for (const entry of await ctx.snapshots.engine.listFiles(input.snapshotId)) {
    const [, dimension = "", kind, x, z] = regionName.exec(entry.path) ?? [];
    if (x === undefined || z === undefined) continue;
    const place = `${x},${z}`;
    if (kind === "entities" || kind === "poi") {
      besides.push({ dimension, place, kind });
      continue;
    }
    const modifiedAt = new Date(Number(entry.mtimeNs / 1_000_000n));
    const regions = found.get(dimension) ?? new Map<string, Region>();
    found.set(dimension, regions.set(place, { x: Number(x), z: Number(z), size: entry.size, modifiedAt, besides: [] }));
  }
  for (const { dimension, place, kind } of besides) found.get(dimension)?.get(place)?.besides.push(kind);
  return [...found].map(([dimension, regions]) => ({ dimension, regions: [...regions.values()] }));
}

/** A page of a sorted list after the item that `cursor` names. */
export function page<Item>(
  all: readonly Item[],
  { cursor, limit }: { cursor?: string; limit: number },
  keyOf: (item: Item) => string,
): { items: Item[]; nextCursor: string | null } {
  const from = cursor === undefined ? 0 : all.findIndex((item) => keyOf(item) > cursor);
  const items = from < 0 ? [] : all.slice(from, from + limit);
  const last = items.at(-1);
  const isEnd = from < 0 || from + limit >= all.length;
  return { items, nextCursor: isEnd || last === undefined ? null : keyOf(last) };
}

export function asPathNotFound(error: unknown): never {
  if (isAppError(error) && error.code === "NOT_FOUND")
    throw new AppError("PATH_NOT_FOUND", error.message, error.details);
  throw error;
}
