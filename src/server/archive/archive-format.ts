export const archiveFormats = ["tar.zst", "tar.gz", "tar", "zip"] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

/** What the first 512 bytes say; null for what is no archive of these. */
export function detectFormat(start: Uint8Array): ArchiveFormat | null {
  const [a, b, c, d] = start;
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6))) return "zip";
  if (a === 0x1f && b === 0x8b) return "tar.gz";
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return "tar.zst";
  // A skippable frame, as zstd's tools may begin with.
  if (a !== undefined && a >= 0x50 && a <= 0x5f && b === 0x2a && c === 0x4d && d === 0x18) return "tar.zst";
  return isTar(start) ? "tar" : null;
}

/** The first header's checksum is right (POSIX ustar), or there is nothing but the end of an empty one. */
export function isTar(start: Uint8Array): boolean {
  if (start.length < 512) return false;
  let sum = 8 * 0x20;
  for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += start[at] ?? 0;
  if (sum === 8 * 0x20) return true;
  const text = Buffer.from(start.subarray(148, 156)).toString("latin1").replace(/\0.*$/s, "").trim();
  return /^[0-7]+$/.test(text) && Number.parseInt(text, 8) === sum;
}
