import type { SignInAttempt } from "@/server/bridge";
import type { Services } from "@/server/context";
import { checkCredentials } from "./check-credentials";
import { checkPasskey } from "./check-passkey";
import { openSession } from "./open-session";

/** Opens a browser session for the right credentials. Null for any kind of wrong. */
export async function signIn(
  services: Services,
  attempt: SignInAttempt,
): Promise<{ userId: string; sessionId: string } | null> {
  const person = await (attempt.kind === "passkey"
    ? checkPasskey(services, attempt)
    : checkCredentials(services, attempt));
  return person && openSession(services, person, attempt);
}
