import { createHash, randomInt } from "node:crypto";

export const recoveryCodeCount = 10;
/** Without those that are taken for one another: 0 and o, 1 and i. */
const letters = "abcdefghjklmnpqrstuvwxyz23456789";
const groups = 4;
const groupLength = 4;

/** 80 random bits: a hash of it that is stolen cannot be turned back. */
export function newRecoveryCode(): string {
  const letter = () => letters[randomInt(letters.length)] ?? "";
  const group = () => Array.from({ length: groupLength }, letter).join("");
  return Array.from({ length: groups }, group).join("-");
}

/** Spaces, hyphens and capitals do not count. */
export function plainCode(typed: string): string {
  return typed.replace(/[\s-]+/g, "").toLowerCase();
}

/** The form that is kept of one. */
export function hashRecoveryCode(code: string): string {
  return createHash("sha256").update(plainCode(code)).digest("hex");
}
