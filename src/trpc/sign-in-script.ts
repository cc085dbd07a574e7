import { createClient } from "./node-client";

/**
 * A client for a script from its environment: MCSD_URL, and MCSD_TOKEN or MCSD_USERNAME with MCSD_PASSWORD.
 * Throws one sentence that names what is missing.
 */
export async function signInScript(env: Record<string, string | undefined>) {
  const url = env.MCSD_URL ?? "http://localhost:3000";
  if (env.MCSD_TOKEN) return createClient({ url, token: env.MCSD_TOKEN });
  if (!env.MCSD_USERNAME || !env.MCSD_PASSWORD) throw new Error("Set MCSD_TOKEN, or MCSD_USERNAME and MCSD_PASSWORD.");
  const { token } = await createClient({ url }).auth.issueToken.mutate({
    username: env.MCSD_USERNAME,
    password: env.MCSD_PASSWORD,
  });
  return createClient({ url, token });
}
