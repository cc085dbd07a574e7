import { createHash } from "node:crypto";

/** A jar to serve, with what its upstream says about it. */
export interface ServedJar {
  bytes: Buffer;
  sha1: string;
  sha256: string;
  md5: string;
}

const endOfDirectory = Buffer.from("PK\u0005\u0006");

/** The same jar with another zip comment: as runnable as before, but every version gets checksums of its own. */
export function jarVariant(jar: Buffer, comment: string): ServedJar {
  const at = jar.lastIndexOf(endOfDirectory);
  if (at < 0) throw new Error("That is not a zip file");
  const text = Buffer.from(comment);
  const bytes = Buffer.concat([jar.subarray(0, at + 22), text]);
  bytes.writeUInt16LE(text.length, at + 20);
  return sumUp(bytes);
}

/** A jar as it is, with its checksums. */
export function sumUp(bytes: Buffer): ServedJar {
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest("hex");
  return { bytes, sha1: digest("sha1"), sha256: digest("sha256"), md5: digest("md5") };
}
