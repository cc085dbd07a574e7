const headerBytes = 32;
const frameHeaderBytes = 24;

/**
 * The database with what its write-ahead log holds beyond it, as one that has no log: a program that was killed, or runs on, leaves its last
 * changes there. Frames count up to the last one that ends a transaction. https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export function mergeLog(database: Uint8Array, log: Uint8Array | null): Uint8Array {
  const merged = log === null ? database : withFrames(database, log);
  // Versions of the format: 2 would ask for a log beside it.
  if (merged.length > 19 && merged[18] === 2) merged[18] = 1;
  if (merged.length > 19 && merged[19] === 2) merged[19] = 1;
  return merged;
}

function withFrames(database: Uint8Array, log: Uint8Array): Uint8Array {
  const view = new DataView(log.buffer, log.byteOffset, log.length);
  if (log.length < headerBytes || view.getUint32(0) >>> 1 !== 0x377f0682 >>> 1) return database;
  const pageBytes = view.getUint32(8);
  if (pageBytes < 512 || pageBytes > 65_536 || (pageBytes & (pageBytes - 1)) !== 0) return database;
  const isLittle = (view.getUint32(0) & 1) === 0;
  const sum = { one: 0, two: 0 };
  addWords(view, { from: 0, to: 24, isLittle, sum });
  if (sum.one !== view.getUint32(24) || sum.two !== view.getUint32(28)) return database;
  const pages = new Map<number, number>();
  const pending = new Map<number, number>();
  let pageCount = 0;
  for (let at = headerBytes; at + frameHeaderBytes + pageBytes <= log.length; at += frameHeaderBytes + pageBytes) {
    // What an earlier round of the log has left behind it has other salts.
    if (view.getUint32(at + 8) !== view.getUint32(16) || view.getUint32(at + 12) !== view.getUint32(20)) break;
    addWords(view, { from: at, to: at + 8, isLittle, sum });
    addWords(view, { from: at + frameHeaderBytes, to: at + frameHeaderBytes + pageBytes, isLittle, sum });
    if (sum.one !== view.getUint32(at + 16) || sum.two !== view.getUint32(at + 20)) break;
    pending.set(view.getUint32(at), at + frameHeaderBytes);
    const count = view.getUint32(at + 4);
    if (count === 0) continue;
    pageCount = count;
    for (const [page, place] of pending) pages.set(page, place);
    pending.clear();
  }
  // No database of this kind grows by more than its log.
  if (pageCount === 0 || pageCount * pageBytes > database.length + log.length) return database;
  const merged = new Uint8Array(pageCount * pageBytes);
  merged.set(database.subarray(0, merged.length));
  for (const [page, at] of pages)
    if (page >= 1 && page <= pageCount) merged.set(log.subarray(at, at + pageBytes), (page - 1) * pageBytes);
  return merged;
}

interface Words {
  from: number;
  to: number;
  isLittle: boolean;
  sum: { one: number; two: number };
}

function addWords(view: DataView, { from, to, isLittle, sum }: Words): void {
  for (let at = from; at < to; at += 8) {
    sum.one = (sum.one + view.getUint32(at, isLittle) + sum.two) >>> 0;
    sum.two = (sum.two + view.getUint32(at + 4, isLittle) + sum.one) >>> 0;
  }
}
