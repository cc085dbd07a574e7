import { type ErrorBody, type ErrorCategory, type ErrorCode, errorCodes, errorStatus } from "@/lib/error-codes";

const brand = Symbol.for("mcsd.AppError");

/**
 * A failure that a caller may see. Recognised by its brand, never by `instanceof`: the page bundles hold their own copy
 * of this class. `details` must hold nothing secret.
 */
export class AppError extends Error {
  readonly [brand] = true;
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "AppError";
    this.code = code;
    this.details = details;
  }
}

export function isAppError(value: unknown): value is AppError {
  return typeof value === "object" && value !== null && brand in value;
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
      ? new AppError("DATABASE_UNAVAILABLE", "The database cannot be reached at the moment. Try again in a few seconds.")
      : new AppError("INTERNAL", "Something went wrong on our side. The log has the cause under this request id.");
  return {
    code: error.code,
    message: error.message,
    details: { ...error.details, category: categoryOf(error.code) },
    timestamp: now.toISOString(),
    requestId,
  };
}

const lostConnectionCodes = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ENOENT",
  "57P01",
  "57P02",
  "57P03",
]);

/** True for the driver's errors that mean "no database right now" (drizzle wraps them as `cause`). */
export function isDatabaseDown(thrown: unknown): boolean {
  for (let error = thrown, depth = 0; depth < 4 && typeof error === "object" && error !== null; depth++) {
    const { code, query, syscall, path } = error as { code?: unknown; query?: unknown; syscall?: unknown; path?: unknown };
    const isFileError = code === "ENOENT" && (syscall !== "connect" || path === undefined);
    if (typeof code === "string" && lostConnectionCodes.has(code) && !isFileError) return true;
    void query;
    error = (error as { cause?: unknown }).cause;
  }
  return false;
}
