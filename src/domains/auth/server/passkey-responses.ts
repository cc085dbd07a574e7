import { z } from "zod";

/** The browser's answers as WebAuthn level 3 writes them in JSON: as much of them as is looked at, within bounds. */
const base64url = z.string().regex(/^[\w-]+$/);
const bytes = base64url.max(16_384);
const credential = {
  id: base64url.max(2048),
  rawId: base64url.max(2048),
  type: z.literal("public-key"),
};
/** No extension is asked for, so that none of its results matters. */
const clientExtensionResults = z.unknown().transform(() => ({}));

export const registrationResponseSchema = z.object({
  ...credential,
  response: z.object({ clientDataJSON: bytes, attestationObject: bytes, transports: z.unknown().optional() }),
  clientExtensionResults,
});

export const authenticationResponseSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.optional(),
  }),
  clientExtensionResults,
});
export type AuthenticationResponse = z.infer<typeof authenticationResponseSchema>;

const transportNames = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

/** How the browser can reach the authenticator; only a hint for the next time. */
export const transportsSchema = z
  .array(z.enum(transportNames).or(z.string().max(30)))
  .max(10)
  .catch([]);
