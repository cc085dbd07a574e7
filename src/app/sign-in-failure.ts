/**
 * What a failed sign-in may tell the browser, as the message that next-auth carries in its answer: `RATE_LIMITED:<seconds>`
 * or `UNAVAILABLE`. Wrong credentials are no failure here but a null.
 */
export function signInFailure(thrown: unknown): Error {
  const { code, details } = (thrown ?? {}) as { code?: unknown; details?: { retryAfterSeconds?: unknown } };
  if (code !== "RATE_LIMITED") return new Error("UNAVAILABLE");
  const seconds = Number(details?.retryAfterSeconds);
  return new Error(`RATE_LIMITED:${Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : 60}`);
}
