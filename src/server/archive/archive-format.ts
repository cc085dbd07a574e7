export const archiveFormats = ["tar.zst", "tar.gz", "tar", "zip"] as const;
export type ArchiveFormat = (typeof archiveFormats)[number];

/** What the first bytes say; what is nothing else is taken for a plain tar, whose reader then refuses it. */
export function detectFormat(start: Uint8Array): ArchiveFormat {
  const [a, b, c, d] = start;
  if (a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6))) return "zip";
  if (a === 0x1f && b === 0x8b) return "tar.gz";
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return "tar.zst";
  // A skippable frame, as zstd's tools may begin with.
  if (a !== undefined && a >= 0x50 && a <= 0x5f && b === 0x2a && c === 0x4d && d === 0x18) return "tar.zst";
  return "tar";
}
