import type { z } from "zod";
import type { credentialsSchema } from "../contract";

export type SignInOutcome =
  | { kind: "ok" }
  | { kind: "wrong" }
  | { kind: "limited"; seconds: number }
  | { kind: "unavailable" };

/** Signs in through next-auth; on `ok` the session cookie is set and the next page load is the signed-in one. */
export async function signInWithPassword(credentials: z.infer<typeof credentialsSchema>): Promise<SignInOutcome> {
  try {
    const { signIn } = await import("next-auth/react");
    const answer = await signIn("credentials", { ...credentials, redirect: false });
    if (answer?.ok && !answer.error) return { kind: "ok" };
    return outcomeOf(answer?.error ?? "");
  } catch {
    return { kind: "unavailable" };
  }
}

function outcomeOf(error: string): SignInOutcome {
  if (error === "CredentialsSignin") return { kind: "wrong" };
  const seconds = /^RATE_LIMITED:(\d+)$/.exec(error)?.[1];
  return seconds ? { kind: "limited", seconds: Number(seconds) } : { kind: "unavailable" };
}
