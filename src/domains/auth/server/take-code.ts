import type { Services } from "@/server/context";
import type { Database, Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { countAttempt } from "@/server/limits/count-attempt";
import { hashRecoveryCode, plainCode } from "./recovery-code";
import { findTotp, type TotpRow, takeRecoveryCode, takeStep } from "./totp-repository";
import { totpStepOf } from "./totp-seed";

type Ports = Pick<Services, "clock" | "log" | "sealer">;

/**
 * Uses a code of the authenticator app or a recovery code, which works once, also when it is sent twice at the same moment.
 * Null: it is wrong or was used. Say so to `countCode` first.
 */
export async function takeCode(
  ports: Ports,
  db: Database | Transaction,
  { userId, typed }: { userId: string; typed: string },
): Promise<"totp" | "recovery" | null> {
  const code = plainCode(typed);
  const now = ports.clock.now();
  if (!/^\d{6}$/.test(code)) {
    return (await takeRecoveryCode(db, userId, { hash: hashRecoveryCode(code), now })) ? "recovery" : null;
  }
  const row = await findTotp(db, userId);
  const seed = row?.secret ? openSeed(ports, row) : null;
  const step = seed === null ? null : totpStepOf(seed, code, now);
  return row && step !== null && (await takeStep(db, row, step)) ? "totp" : null;
}

/**
 * Counts an attempt at a code, from its address and against the account, before the code is looked at; call what it returns when
 * the code was right. Only who has given the password (or is signed in) gets here, so that no stranger uses the account's up.
 */
export async function countCode(
  { limits, codeLimit }: Pick<Services, "limits" | "codeLimit">,
  { userId, address }: { userId: string; address: string },
): Promise<() => Promise<void>> {
  await countAttempt({ limits }, { kind: "code", address, subject: userId });
  const refused = await codeLimit.consume(userId);
  if (refused)
    throw new AppError("RATE_LIMITED", `Too many wrong codes. Try again in ${refused.retryAfterSeconds} s.`, refused);
  return () => codeLimit.giveBack(userId);
}

/** Seeds are sealed to the user and to what they are for. */
export function seedPlace(userId: string, column: "secret" | "pending"): string {
  return `user_totp.${userId}.${column}`;
}

/** Null under another SECRET_KEY: the recovery codes still work then. */
function openSeed({ sealer, log }: Ports, { userId, secret }: TotpRow): string | null {
  try {
    return sealer.open(secret ?? "", seedPlace(userId, "secret"));
  } catch {
    log.error({ userId }, "an authenticator seed cannot be opened: it was sealed under another SECRET_KEY");
    return null;
  }
}
