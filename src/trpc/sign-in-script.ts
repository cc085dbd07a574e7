import { createClient } from "./node-client";

export interface ScriptAccess {
  url: string;
  token: string;
}

/**
 * The address and a token for a script from its environment: MCSD_URL, and MCSD_TOKEN or MCSD_USERNAME with MCSD_PASSWORD (and
 * MCSD_TOTP, the authenticator app's code of this moment, where there is one). Throws one sentence that names what is missing.
 */
export async function scriptAccess(env: Record<string, string | undefined>): Promise<ScriptAccess> {
  const url = env.MCSD_URL ?? "http://localhost:3000";
  if (env.MCSD_TOKEN) return { url, token: env.MCSD_TOKEN };
  if (!env.MCSD_USERNAME || !env.MCSD_PASSWORD) throw new Error("Set MCSD_TOKEN, or MCSD_USERNAME and MCSD_PASSWORD.");
  const { token } = await createClient({ url }).auth.issueToken.mutate({
    username: env.MCSD_USERNAME,
    password: env.MCSD_PASSWORD,
    totp: env.MCSD_TOTP,
  });
  return { url, token };
}

/** A client for a script, with what `scriptAccess` finds. */
export async function signInScript(env: Record<string, string | undefined>) {
  return createClient(await scriptAccess(env));
}
