import type { ErrorCode } from "./error-codes";

/** What AppErrors carry to be known by: bundles hold their own copies of the class, so `instanceof` says nothing. */
export const appErrorBrand: unique symbol = Symbol.for("mcsd.AppError");

/** A failure that a caller may see, whichever copy of the class made it. */
export interface AppErrorLike extends Error {
  readonly [appErrorBrand]: true;
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;
  readonly hides?: { kind: string; id: string } | null;
}

export function isAppError(value: unknown): value is AppErrorLike {
  return typeof value === "object" && value !== null && appErrorBrand in value;
}
