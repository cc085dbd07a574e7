import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/browser";

/**
 * Has the browser make a passkey for what `auth.passkeyBegin` answered; send the result with `auth.passkeyFinish`. Throws what the
 * browser throws: see `isCancelled` and `isKnownAuthenticator`.
 */
export async function createPasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
): Promise<RegistrationResponseJSON> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  return startRegistration({ optionsJSON });
}
