import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { isCancelled } from "./passkey-support";
import { attemptSignIn, type SignInOutcome } from "./sign-in-outcome";

/** `auth.passkeySignInBegin`, as `useTRPCClient()` offers it. */
type Begin = () => Promise<{ challengeId: string; options: PublicKeyCredentialRequestOptionsJSON }>;

/**
 * Signs in with a passkey: the browser asks which, no name or password is needed. `cancelled`: the person closed the browser's
 * dialog. `wrong`: the passkey is not known here (any more). Errors of `begin` (rate limits, no connection) are thrown.
 */
export async function signInWithPasskey(begin: Begin): Promise<SignInOutcome | { kind: "cancelled" }> {
  const { challengeId, options } = await begin();
  const { startAuthentication } = await import("@simplewebauthn/browser");
  try {
    const response = await startAuthentication({ optionsJSON: options });
    return await attemptSignIn("passkey", { challengeId, response: JSON.stringify(response) });
  } catch (thrown) {
    return { kind: isCancelled(thrown) ? "cancelled" : "unavailable" };
  }
}
