import type { ErrorBody } from "@/lib/error-codes";
import type { ScriptAccess } from "./sign-in-script";

/** Begins an export of the audit log. Throws the server's own sentence when it is refused. */
export async function fetchAudit(access: ScriptAccess, query: Record<string, string | undefined>): Promise<Response> {
  const address = new URL("/api/audit/export", access.url);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) address.searchParams.set(name, value);
  const response = await fetch(address, { headers: { authorization: `Bearer ${access.token}` } });
  if (response.ok && response.body) return response;
  const body = (await response.json().catch(() => null)) as { error?: ErrorBody } | null;
  throw new Error(body?.error?.message ?? `The server answered with status ${response.status}.`);
}
