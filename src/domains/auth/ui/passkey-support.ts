/** Why passkeys cannot be used on this page: browsers allow them only on https (or localhost), and not under a bare address. */
export type PasskeyHindrance = "insecure" | "address" | "browser";

/** Null: they can be used here. Call it in the browser. */
export function findPasskeyHindrance(): PasskeyHindrance | null {
  if (!window.isSecureContext) return "insecure";
  if (/^\[|^\d+(?:\.\d+){3}$/.test(window.location.hostname)) return "address";
  return typeof window.PublicKeyCredential === "function" ? null : "browser";
}

/** The person closed the browser's dialog, or let it run out. */
export function isCancelled(thrown: unknown): boolean {
  const { name } = (thrown ?? {}) as { name?: unknown };
  return name === "NotAllowedError" || name === "AbortError";
}

/** The authenticator holds a passkey of this account already. */
export function isKnownAuthenticator(thrown: unknown): boolean {
  return ((thrown ?? {}) as { name?: unknown }).name === "InvalidStateError";
}
