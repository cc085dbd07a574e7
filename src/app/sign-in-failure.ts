/** What came after the right password and may be told as it is. */
const factorCodes: readonly unknown[] = ["TOTP_REQUIRED", "TOTP_INVALID", "PASSKEY_REQUIRED"];

/**
 * What a failed sign-in may tell the browser, as the message that next-auth carries in its answer: `RATE_LIMITED:<seconds>`, one of
 * the codes above, or `UNAVAILABLE`. Wrong credentials are no failure here but a null.
 */
export function signInFailure(thrown: unknown): Error {
  const { code, details } = (thrown ?? {}) as { code?: unknown; details?: { retryAfterSeconds?: unknown } };
  if (factorCodes.includes(code)) return new Error(String(code));
  if (code !== "RATE_LIMITED") return new Error("UNAVAILABLE");
  const seconds = Number(details?.retryAfterSeconds);
  return new Error(`RATE_LIMITED:${Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : 60}`);
}
