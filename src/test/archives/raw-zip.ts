import { deflateRawSync } from "node:zlib";

/** One entry of a ZIP, byte by byte as somebody hostile would write it. */
export interface RawZipEntry {
  name: string | Buffer;
  content?: Buffer | string;
  isDeflated?: boolean;
  /** Unix mode with the kind of file, for the central directory. */
  mode?: number;
  /** What the headers claim; left out: the truth. */
  size?: number;
  crc?: number;
  /** Another name in the local header than in the directory. */
  localName?: string;
  /** Another entry whose bytes it shares. */
  sharesWith?: number;
  flags?: number;
}

export function rawZip(entries: readonly RawZipEntry[], { count }: { count?: number } = {}): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  const written: { offset: number; packed: Buffer }[] = [];
  let at = 0;
  for (const entry of entries) {
    const content = Buffer.isBuffer(entry.content) ? entry.content : Buffer.from(entry.content ?? "");
    const shared = entry.sharesWith === undefined ? undefined : written[entry.sharesWith];
    const packed = shared?.packed ?? (entry.isDeflated ? deflateRawSync(content, { level: 9 }) : content);
    const about = { entry, packed, size: entry.size ?? content.length, crc: entry.crc ?? crcOf(content) };
    const local = Buffer.concat([localHeader(about), packed]);
    const offset = shared?.offset ?? at;
    written.push({ offset, packed });
    if (shared === undefined) {
      parts.push(local);
      at += local.length;
    }
    central.push(centralHeader(about, offset));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count ?? entries.length, 8);
  end.writeUInt16LE(count ?? entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

interface About {
  entry: RawZipEntry;
  packed: Buffer;
  size: number;
  crc: number;
}

function localHeader({ entry, packed, size, crc }: About): Buffer {
  const name = Buffer.from(entry.localName ?? entry.name);
  const block = Buffer.alloc(30);
  block.writeUInt32LE(0x04034b50, 0);
  common(block, 4, { entry, packed, size, crc });
  block.writeUInt16LE(name.length, 26);
  return Buffer.concat([block, name]);
}

function centralHeader({ entry, packed, size, crc }: About, offset: number): Buffer {
  const name = Buffer.from(entry.name);
  const block = Buffer.alloc(46);
  block.writeUInt32LE(0x02014b50, 0);
  block.writeUInt16LE((3 << 8) | 20, 4);
  common(block, 6, { entry, packed, size, crc });
  block.writeUInt16LE(name.length, 28);
  block.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  block.writeUInt32LE(offset, 42);
  return Buffer.concat([block, name]);
}

/** From "version needed" to the sizes, which both headers have alike. */
function common(block: Buffer, at: number, { entry, packed, size, crc }: About): void {
  block.writeUInt16LE(20, at);
  block.writeUInt16LE(entry.flags ?? 0x0800, at + 2);
  block.writeUInt16LE(entry.isDeflated ? 8 : 0, at + 4);
  block.writeUInt16LE(0x6000, at + 6);
  block.writeUInt16LE(0x5921, at + 8);
  block.writeUInt32LE(crc, at + 10);
  block.writeUInt32LE(packed.length, at + 14);
  block.writeUInt32LE(size, at + 18);
}

const table = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

const known = new WeakMap<Buffer, number>();

function crcOf(content: Buffer): number {
  const found = known.get(content) ?? computeCrc(content);
  known.set(content, found);
  return found;
}

function computeCrc(content: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of content) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
