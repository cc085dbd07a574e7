import { encodeTime } from "@/domains/snapshots/server/engine/manifest-lines";
import { pathToBytes } from "@/server/fs/path-bytes";

export interface TarMember {
  kind: "file" | "folder" | "link";
  path: string;
  mode: number;
  mtimeNs: bigint;
  size: number;
  target?: string;
}

const blockBytes = 512;
const typeFlags = { file: "0", folder: "5", link: "2" } as const;
/** What eleven octal digits can say: 8 GiB less one byte. */
const maxOctalSize = 8 ** 11 - 1;

/**
 * The blocks before a member's content: a pax header (POSIX.1-2001) with the exact time, and with what does not fit into
 * the old header, such as long names, sizes from 8 GiB, and names that are not UTF-8 (`hdrcharset=BINARY`).
 */
export function encodeTarHeader(member: TarMember): Buffer {
  const { kind, size, mtimeNs } = member;
  const path = pathToBytes(kind === "folder" ? `${member.path}/` : member.path);
  const target = pathToBytes(member.target ?? "");
  const records = [record("mtime", Buffer.from(encodeTime(mtimeNs)))];
  const isPlain = member.path.isWellFormed() && (member.target ?? "").isWellFormed();
  if (!isPlain) records.unshift(record("hdrcharset", Buffer.from("BINARY")));
  if (path.length > 100 || !isAscii(path)) records.push(record("path", path));
  if (target.length > 100 || !isAscii(target)) records.push(record("linkpath", target));
  if (size > maxOctalSize) records.push(record("size", Buffer.from(String(size))));
  const pax = Buffer.concat(records);
  const paxPath = Buffer.from("PaxHeaders/mcsd");
  const seconds = mtimeNs > 0n ? Number(mtimeNs / 1_000_000_000n) : 0;
  return Buffer.concat([
    block({ path: paxPath, flag: "x", mode: 0o644, size: pax.length, seconds, target: Buffer.alloc(0) }),
    pax,
    tarPadding(pax.length),
    block({ path, flag: typeFlags[kind], mode: member.mode, size: Math.min(size, maxOctalSize), seconds, target }),
  ]);
}

/** Zeros up to the next whole block. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}

/** Two blocks of zeros. */
export const tarEnd = Buffer.alloc(2 * blockBytes);

/** `length key=value\n`, where the length counts itself. */
function record(key: string, value: Buffer): Buffer {
  const rest = key.length + value.length + 3;
  let length = rest + String(rest).length;
  if (rest + String(length).length !== length) length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from("\n")]);
}

interface OldHeader {
  path: Buffer;
  flag: string;
  mode: number;
  size: number;
  seconds: number;
  target: Buffer;
}

function block({ path, flag, mode, size, seconds, target }: OldHeader): Buffer {
  const header = Buffer.alloc(blockBytes);
  path.copy(header, 0, 0, 100);
  header.write(octal(mode & 0o7777, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(size, 11), 124);
  header.write(octal(Math.min(seconds, maxOctalSize), 11), 136);
  header.write("        ", 148);
  header.write(flag, 156);
  target.copy(header, 157, 0, 100);
  header.write("ustar\x0000", 257, "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148, "latin1");
  return header;
}

const octal = (value: number, digits: number) => value.toString(8).padStart(digits, "0");
const isAscii = (bytes: Buffer) => bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
