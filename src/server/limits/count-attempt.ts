import { AppError } from "@/server/errors";
import type { AttemptKind } from "./attempt-rules";
import type { CallLimits } from "./call-limits";

/**
 * Counts one attempt before it costs or tells anything. Throws RATE_LIMITED, with the seconds until the next one.
 *
 * @param subject the account that it is for, as it was typed; left out: only the address counts
 */
export async function countAttempt(
  { limits }: { limits: CallLimits },
  attempt: { kind: AttemptKind; address: string; subject?: string },
): Promise<void> {
  const refused = await limits.consumeAttempt(attempt.kind, attempt.address, attempt.subject);
  if (!refused) return;
  throw new AppError("RATE_LIMITED", `Too many attempts. Try again in ${refused.retryAfterSeconds} s.`, refused);
}
