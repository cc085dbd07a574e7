import { hash, verify } from "@node-rs/argon2";

/** argon2id with 46 MiB, 1 pass, 1 lane (OWASP ASVS 5, appendix C). */
const parameters = { memoryCost: 47_104, timeCost: 1, parallelism: 1 };
const maxAtOnce = 2;

let running = 0;
const queue: (() => void)[] = [];

/** Memory times concurrency is the way to exhaust this machine, so only two hashes run at a time. */
async function limited<T>(work: () => Promise<T>): Promise<T> {
  if (running >= maxAtOnce) await new Promise<void>((resolve) => queue.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = queue.shift();
    if (next) next();
    else running--;
  }
}

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
