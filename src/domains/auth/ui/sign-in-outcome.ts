/** How an attempt to sign in ended. `codeRequired`, `codeWrong` and `passkeyRequired` come after the right password. */
export type SignInOutcome =
  | { kind: "ok" }
  | { kind: "wrong" }
  | { kind: "codeRequired" }
  | { kind: "codeWrong" }
  | { kind: "passkeyRequired" }
  | { kind: "limited"; seconds: number }
  | { kind: "unavailable" };

const known: Readonly<Record<string, SignInOutcome>> = {
  CredentialsSignin: { kind: "wrong" },
  TOTP_REQUIRED: { kind: "codeRequired" },
  TOTP_INVALID: { kind: "codeWrong" },
  PASSKEY_REQUIRED: { kind: "passkeyRequired" },
};

/** Sends the fields to one of next-auth's providers. On `ok` the cookie is set: the next page load is the signed-in one. */
export async function attemptSignIn(provider: string, fields: Record<string, string>): Promise<SignInOutcome> {
  try {
    const { signIn } = await import("next-auth/react");
    const answer = await signIn(provider, { ...fields, redirect: false });
    if (answer?.ok && !answer.error) return { kind: "ok" };
    return outcomeOf(answer?.error ?? "");
  } catch {
    return { kind: "unavailable" };
  }
}

/** What the message stands for that src/app/sign-in-failure.ts sent. */
export function outcomeOf(error: string): SignInOutcome {
  const seconds = /^RATE_LIMITED:(\d+)$/.exec(error)?.[1];
  if (seconds) return { kind: "limited", seconds: Number(seconds) };
  return (Object.hasOwn(known, error) && known[error]) || { kind: "unavailable" };
}
