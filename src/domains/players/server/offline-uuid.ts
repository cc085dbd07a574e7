import { createHash } from "node:crypto";

/** The UUID that servers in offline mode give a name, which is case-sensitive: MD5 of `OfflinePlayer:name`, marked as version 3. */
export function offlineUuid(name: string): string {
  const hash = createHash("md5").update(`OfflinePlayer:${name}`, "utf8").digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x30;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return withDashes(hash.toString("hex"));
}

/** 32 hexadecimal digits as a UUID is written. */
export function withDashes(hex: string): string {
  return hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
