import { type ErrorBody, type ErrorCategory, type ErrorCode, errorCodes, errorStatus } from "@/lib/error-codes";
import { appErrorBrand, isAppError } from "@/lib/is-app-error";

export { isAppError };

/**
 * A failure that a caller may see. Recognised by its brand, never by `instanceof`: the page bundles hold their own copy
 * of this class. `details` must hold nothing secret.
 */
export class AppError extends Error {
  readonly [appErrorBrand] = true;
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  /** For the audit log alone: what "there is no such thing" hides, when it is there but not theirs. Callers see no difference. */
  readonly hides?: { kind: string; id: string } | null;

  constructor(
    code: ErrorCode,
    message: string,
    details: Record<string, unknown> = {},
    options: { cause?: unknown; hides?: { kind: string; id: string } } = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.name = "AppError";
    this.code = code;
    this.details = details;
    this.hides = options.hides ?? null;
  }
}

export function categoryOf(code: ErrorCode): ErrorCategory {
  return errorCodes[code];
}

export function statusOf(code: ErrorCode): number {
  return errorStatus[errorCodes[code]];
}

/** Turns anything thrown into the public form. What is not an AppError becomes a fixed sentence: its cause is for the log only. */
export function toErrorBody(thrown: unknown, requestId: string, now = new Date()): ErrorBody {
  const error = isAppError(thrown)
    ? thrown
    : isDatabaseDown(thrown)
      ? new AppError(
          "DATABASE_UNAVAILABLE",
          "The database cannot be reached at the moment. Try again in a few seconds.",
        )
      : new AppError("INTERNAL", "Something went wrong on our side. The log has the cause under this request id.");
  return {
    code: error.code,
    message: error.message,
    details: { ...error.details, category: categoryOf(error.code) },
    timestamp: now.toISOString(),
    requestId,
  };
}

/** Codes that only the database driver and the database itself use (class 57P of PostgreSQL's appendix A, 53300, 25P03). */
const databaseCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "53300",
  "25P03",
]);

/** Codes that any socket or file uses: they count only on an error that the driver has marked with the query it was for. */
const socketCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENOENT",
]);

/** True for the driver's errors that mean "no database right now" (drizzle wraps them as `cause`). */
export function isDatabaseDown(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; depth < 4 && typeof error === "object" && error !== null; depth++) {
    const { code } = error as { code?: unknown };
    if (
      typeof code === "string" &&
      (databaseCodes.has(code) || (socketCodes.has(code) && "query" in error && "parameters" in error))
    )
      return true;
    error = (error as { cause?: unknown }).cause;
  }
  return false;
}
