import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { AppError } from "@/server/errors";
import type { EngineContext } from "../engine-context";
import type { FileEntry, ManifestEntry } from "../manifest";
import type { ObjectStore } from "../object-store";
import { readManifest } from "../read-manifest";
import { selectEntries } from "../select-entries";
import { compress, frameBytes } from "../zstd-frames";
import type { ArchiveFormat } from "./archive-format";
import { encodeTarHeader, tarEnd, tarPadding } from "./tar-header";
import { zipStream } from "./zip-stream";

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
  const nameOf = (path: string) => (folder === undefined ? path : `${folder}/${path}`);
  const contentOf = (entry: FileEntry) => {
    const other = rewrite.get(entry.path);
    return other ? pieceOf(other) : store.read(entry);
  };
  const stream = streamOf(format, { entries, nameOf, contentOf });
  stream.once("close", unpin);
  signal?.addEventListener("abort", () => stream.destroy(signal.reason as Error), { once: true });
  return stream;
}

export interface ExportParts {
  entries: readonly ManifestEntry[];
  nameOf(path: string): string;
  contentOf(entry: FileEntry): AsyncIterable<Buffer>;
}

function streamOf(format: ArchiveFormat, parts: ExportParts): Readable {
  if (format === "zip") return zipStream(parts);
  const tar = Readable.from(tarPieces(parts), { objectMode: false });
  if (format === "tar") return tar;
  if (format === "tar.zst") return Readable.from(zstdPieces(tarPieces(parts)), { objectMode: false });
  const gzip = createGzip({ level: 1 });
  tar.on("error", (error) => gzip.destroy(error));
  gzip.once("close", () => tar.destroy());
  return tar.pipe(gzip);
}

async function* pieceOf(content: Buffer): AsyncGenerator<Buffer> {
  yield content;
}

async function* tarPieces({ entries, nameOf, contentOf }: ExportParts): AsyncGenerator<Buffer> {
  for (const entry of entries) {
    const { mode, mtimeNs } = entry;
    const size = entry.type === "file" ? entry.size : 0;
    const target = entry.type === "link" ? entry.target : undefined;
    yield encodeTarHeader({ kind: entry.type, path: nameOf(entry.path), mode, mtimeNs, size, target });
    if (entry.type !== "file") continue;
    yield* contentOf(entry);
    yield tarPadding(size);
  }
  yield tarEnd;
}

/** Independent frames, one after the other: every zstd decoder reads them as one. */
async function* zstdPieces(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    gathered.push(piece);
    size += piece.length;
    if (size < frameBytes) continue;
    yield await compress(Buffer.concat(gathered));
    gathered = [];
    size = 0;
  }
  if (size > 0) yield await compress(Buffer.concat(gathered));
}
