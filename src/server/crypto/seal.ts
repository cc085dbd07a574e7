import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts secrets at rest: AES-256-GCM, random 96-bit nonce, bound to `place` (table.row.column) as associated data. */
export interface Sealer {
  seal(plain: string, place: string): string;
  /** Throws when the text was sealed elsewhere, changed, or under another key. */
  open(sealed: string, place: string): string;
}

const version = "v1";

/** @param secretKey the installation's SECRET_KEY; a separate key is derived for this one purpose. */
export function createSealer(secretKey: string): Sealer {
  const key = deriveKey(secretKey, "mcsd secrets at rest");
  return {
    seal(plain, place) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [version, Buffer.concat([nonce, body, cipher.getAuthTag()]).toString("base64url")].join(".");
    },
    open(sealed, place) {
      const [prefix, encoded] = sealed.split(".");
      if (prefix !== version || !encoded) throw new Error("unknown form of a sealed value");
      const bytes = Buffer.from(encoded, "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(-16));
      return decipher.update(bytes.subarray(12, -16), undefined, "utf8") + decipher.final("utf8");
    },
  };
}

/** One key per purpose (HKDF-SHA-256), so that no two uses of SECRET_KEY share one. */
export function deriveKey(secretKey: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secretKey, "mcsd", purpose, 32));
}
