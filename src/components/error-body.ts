import type { ErrorBody } from "@/lib/error-codes";

/** The public form of a failed call, or null when none came back: the network, or something in front of mcsd. */
export function errorBodyOf(error: unknown): ErrorBody | null {
  const body = (error as { data?: { error?: unknown } } | null)?.data?.error;
  return isErrorBody(body) ? body : null;
}

function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === "object" && value !== null && typeof (value as { code?: unknown }).code === "string";
}
