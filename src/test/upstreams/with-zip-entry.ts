import { crc32 } from "node:zlib";

const endOfDirectory = Buffer.from("PK\u0005\u0006");
const emptyZip = Buffer.concat([endOfDirectory, Buffer.alloc(18)]);

/** The same ZIP with one more entry, not packed. What is no whole ZIP counts as an empty one. */
export function withZipEntry(zip: Buffer, name: string, text: string): Buffer {
  const whole = isWhole(zip) ? zip : emptyZip;
  const end = whole.lastIndexOf(endOfDirectory);
  const [count, size, start] = [
    whole.readUInt16LE(end + 10),
    whole.readUInt32LE(end + 12),
    whole.readUInt32LE(end + 16),
  ];
  const content = Buffer.from(text);
  const title = Buffer.from(name);
  // From "version needed" up to the length of the extra field: the same in both headers.
  const common = Buffer.alloc(26);
  common.writeUInt16LE(10, 0);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, title, content]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([10, 0]), common, Buffer.alloc(14), title]);
  central.writeUInt32LE(start, 42);
  const tail = Buffer.from(whole.subarray(end, end + 22));
  tail.writeUInt16LE(count + 1, 8);
  tail.writeUInt16LE(count + 1, 10);
  tail.writeUInt32LE(size + central.length, 12);
  tail.writeUInt32LE(start + local.length, 16);
  tail.writeUInt16LE(0, 20);
  return Buffer.concat([whole.subarray(0, start), local, whole.subarray(start, start + size), central, tail]);
}

function isWhole(zip: Buffer): boolean {
  const end = zip.lastIndexOf(endOfDirectory);
  return end >= 0 && zip.readUInt32LE(end + 12) + zip.readUInt32LE(end + 16) === end;
}
