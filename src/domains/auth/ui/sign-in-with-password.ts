import type { z } from "zod";
import type { credentialsWithCodeSchema } from "../contract";
import { attemptSignIn, type SignInOutcome } from "./sign-in-outcome";

/**
 * Signs in with name and password. Answers `codeRequired` when the account has an authenticator app: ask for the code, or a
 * recovery code, and call again with all three.
 */
export function signInWithPassword({
  username,
  password,
  totp,
}: z.infer<typeof credentialsWithCodeSchema>): Promise<SignInOutcome> {
  // A field that is undefined would be sent as that word.
  return attemptSignIn("credentials", { username, password, ...(totp ? { totp } : {}) });
}
