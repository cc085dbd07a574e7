import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { compress, frameBytes } from "@/domains/snapshots/server/engine/zstd-frames";
import type { ArchiveFormat } from "./archive-format";
import { encodeTarHeader, type TarMember, tarEnd, tarPadding } from "./tar-header";
import { zipStream } from "./zip-stream";

/** A file, folder or link that goes into an archive, under its path there. */
export interface ArchiveMember extends TarMember {
  /** Of a file: exactly `size` bytes. Asked for once, and before the next member is. */
  content?: () => AsyncIterable<Buffer>;
}

export type ArchiveMembers = Iterable<ArchiveMember> | AsyncIterable<ArchiveMember>;

/** An archive that is made while it is read; memory does not grow with its contents. What a member throws ends the stream. */
export function packArchive(format: ArchiveFormat, members: ArchiveMembers): Readable {
  if (format === "zip") return zipStream(members);
  const tar = Readable.from(tarPieces(members), { objectMode: false });
  if (format === "tar") return tar;
  if (format === "tar.zst") return Readable.from(zstdPieces(tarPieces(members)), { objectMode: false });
  const gzip = createGzip({ level: 1 });
  tar.on("error", (error) => gzip.destroy(error));
  gzip.once("close", () => tar.destroy());
  return tar.pipe(gzip);
}

async function* tarPieces(members: ArchiveMembers): AsyncGenerator<Buffer> {
  for await (const member of members) {
    yield encodeTarHeader(member);
    if (!member.content) continue;
    yield* member.content();
    yield tarPadding(member.size);
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
