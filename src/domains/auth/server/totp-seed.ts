import { Secret, TOTP } from "otpauth";

const seedBytes = 20;
/** RFC 6238 as every authenticator app knows it; one step of grace either way, for clocks that differ. */
const form = { issuer: "mcsd", algorithm: "SHA1", digits: 6, period: 30 } as const;
const window = 1;

/** A new seed, base32. */
export function newTotpSeed(): string {
  return new Secret({ size: seedBytes }).base32;
}

/** What the QR code holds. */
export function totpUri(seed: string, username: string): string {
  return new TOTP({ ...form, label: username, secret: Secret.fromBase32(seed) }).toString();
}

/** The time step that a code belongs to, or null when it belongs to none of those that are taken now. */
export function totpStepOf(seed: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const totp = new TOTP({ ...form, secret: Secret.fromBase32(seed) });
  const delta = totp.validate({ token: code, timestamp, window });
  return delta === null ? null : TOTP.counter({ period: form.period, timestamp }) + delta;
}
