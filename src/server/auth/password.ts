import { hash, verify } from "@node-rs/argon2";
import { limitConcurrency } from "@/lib/limit-concurrency";

/** argon2id with 46 MiB, 1 pass, 1 lane (OWASP ASVS 5, appendix C). */
const parameters = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };
/** Memory times concurrency is the way to exhaust this machine, so only two hashes run at a time. */
const limited = limitConcurrency(2);

export function hashPassword(password: string): Promise<string> {
  return limited(() => hash(password, parameters));
}

let dummy: Promise<string> | undefined;

/** Takes as long for an unknown user (null) or one without a password (empty) as for a right or a wrong password. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword("no such user");
  // Everybody waits for it: else the first unknown name after a start would take twice as long.
  const nobodys = await dummy;
  const matches = await limited(() => verify(passwordHash || nobodys, password));
  return matches && Boolean(passwordHash);
}
