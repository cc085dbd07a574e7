import { isUtf8 } from "node:buffer";

/**
 * The kernel's file names are bytes. In memory a path is a string: valid UTF-8 as it is (no normalisation), and each
 * other byte as the lone surrogate U+DC80 … U+DCFF, as Python does (PEP 383). So every name survives, byte for byte.
 */
export function pathFromBytes(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  let path = "";
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    path += length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : bytes.toString("utf8", at, at + length);
    at += length || 1;
  }
  return path;
}

/** What the system calls take: the string itself where it is well formed, else its bytes. */
export function pathForSystem(path: string): string | Buffer {
  return path.isWellFormed() ? path : pathToBytes(path);
}

export function pathToBytes(path: string): Buffer {
  if (path.isWellFormed()) return Buffer.from(path, "utf8");
  const parts: Buffer[] = [];
  for (const char of path) {
    const code = char.codePointAt(0) ?? 0;
    const isEscape = code >= 0xdc80 && code <= 0xdcff;
    parts.push(isEscape ? Buffer.of(code - 0xdc00) : Buffer.from(char, "utf8"));
  }
  return Buffer.concat(parts);
}

/** Joins a folder of ours (plain text) with a path from a tree. */
export function joinPath(folder: string, path: string): string | Buffer {
  return pathForSystem(path === "" ? folder : `${folder}/${path}`);
}

/** True for what may stand in a manifest: relative, no empty, dot or dot-dot component, no NUL. */
export function isSafePath(path: string): boolean {
  if (path === "" || path.includes("\0")) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

export function parentOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** Length of the valid UTF-8 sequence at `at`, or 0. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return at + length <= bytes.length && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
