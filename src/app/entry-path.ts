import { headers } from "next/headers";
import { bridge } from "@/server/bridge";
import { loginPath } from "./login-path";

/** Where somebody goes who is not signed in: to renew a session that lives yet, else to sign in. Both lead back to `path`. */
export async function entryPath(path: string): Promise<string> {
  const mayRenew = await bridge().mayRenew(await headers());
  return mayRenew ? `/renew?callbackUrl=${encodeURIComponent(path)}` : loginPath(path);
}
