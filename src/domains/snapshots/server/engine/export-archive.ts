import type { Readable } from "node:stream";
import type { ArchiveFormat } from "@/server/archive/archive-format";
import { type ArchiveMember, packArchive } from "@/server/archive/pack-archive";
import { AppError } from "@/server/errors";
import type { EngineContext } from "./engine-context";
import type { FileEntry } from "./manifest";
import type { ObjectStore } from "./object-store";
import { readManifest } from "./read-manifest";
import { selectEntries } from "./select-entries";

export interface ExportRequest {
  id: string;
  format: ArchiveFormat;
  /** Only these, with what is in them. */
  paths?: readonly string[];
  /** Puts everything into one folder of this name. */
  folder?: string;
  /** Symbolic links go in as such. Left out otherwise, because an archive with links is refused when it is imported. */
  withLinks?: boolean;
  /** Files, by path, that go out with another content than they have. */
  rewrite?: ReadonlyMap<string, Buffer>;
  signal?: AbortSignal;
}

/**
 * A snapshot as an archive, made while it is read; memory does not grow with it. Nothing that it needs is collected until
 * the stream ends or is destroyed. A damaged content ends the stream with an error, so that no archive is whole but wrong.
 */
export async function exportArchive(
  context: EngineContext,
  store: ObjectStore,
  request: ExportRequest,
): Promise<Readable> {
  const { id, format, folder, signal } = request;
  const manifest = await readManifest(context, id, { signal });
  const { rewrite = new Map<string, Buffer>() } = request;
  const entries = selectEntries(manifest.entries, request.paths)
    .filter(({ type }) => type !== "link" || request.withLinks === true)
    .map((entry) =>
      entry.type === "file" ? { ...entry, size: rewrite.get(entry.path)?.length ?? entry.size } : entry,
    );
  if (request.paths && entries.length === 0)
    throw new AppError("NOT_FOUND", "The snapshot holds none of these paths.", { paths: request.paths });
  await store.load();
  const unpin = store.pin(entries.flatMap((entry) => (entry.type === "file" ? [entry.hash] : [])));
  const contentOf = (entry: FileEntry) => {
    const other = rewrite.get(entry.path);
    return other ? pieceOf(other) : store.read(entry);
  };
  const members = entries.map((entry): ArchiveMember => {
    const { mode, mtimeNs } = entry;
    const path = folder === undefined ? entry.path : `${folder}/${entry.path}`;
    if (entry.type !== "file")
      return {
        kind: entry.type,
        path,
        mode,
        mtimeNs,
        size: 0,
        target: entry.type === "link" ? entry.target : undefined,
      };
    return { kind: "file", path, mode, mtimeNs, size: entry.size, content: () => contentOf(entry) };
  });
  const stream = packArchive(format, members);
  stream.once("close", unpin);
  signal?.addEventListener("abort", () => stream.destroy(signal.reason as Error), { once: true });
  return stream;
}

async function* pieceOf(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}
