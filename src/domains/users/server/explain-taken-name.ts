import { AppError } from "@/server/errors";

/** The unique index is the judge of simultaneous claims to one name; case does not count. */
export function explainTakenName(error: unknown, username: string): unknown {
  const cause = (error as { cause?: { code?: string; constraint_name?: string } }).cause;
  if (cause?.code !== "23505" || cause.constraint_name !== "users_username_lower") return error;
  return new AppError("USERNAME_TAKEN", "Somebody has this name already.", { username });
}
