import { PassThrough, Readable, Writable } from "node:stream";
import { configure, ZipWriter } from "@zip.js/zip.js";
import type { ArchiveMembers } from "./pack-archive";

/** From this size on an entry or an archive needs the 64-bit fields. */
const zip64From = 0xffff_ffff;

/**
 * Entries are deflated by the threads of Node's zlib. Sizes are known beforehand, so that only what needs 64-bit fields
 * has them.
 */
export function zipStream(members: ArchiveMembers): Readable {
  configure({ useWebWorkers: false });
  const out = new PassThrough({ highWaterMark: 1024 * 1024 });
  const write = async () => {
    const zip = new ZipWriter(Writable.toWeb(out), { keepOrder: true, extendedTimestamp: true });
    for await (const member of members) {
      const common = {
        lastModDate: new Date(Math.max(Number(member.mtimeNs / 1_000_000n), earliestMs)),
        unixMode: member.mode & 0o777,
      };
      const name = member.path.toWellFormed();
      if (member.kind === "folder") await zip.add(`${name}/`, undefined, { ...common, directory: true });
      else if (member.content) {
        const content = Readable.toWeb(Readable.from(member.content()));
        const zip64 = member.size >= zip64From;
        // Node's and the browser's stream types are the same thing under two names.
        const source = { readable: content as unknown as ReadableStream<Uint8Array>, size: member.size };
        await zip.add(name, source, { ...common, zip64 });
      }
    }
    await zip.close();
  };
  write().catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))));
  return out;
}

/** What a ZIP's old time field can say at least. */
const earliestMs = Date.UTC(1980, 0, 2);
