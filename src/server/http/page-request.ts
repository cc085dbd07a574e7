import type { IncomingMessage } from "node:http";
import { AppError } from "@/server/errors";
import { requireOwnOrigin } from "./check-origin";
import type { ClientIdentity } from "./client-address";

/** Sign-in and sign-out: the only pages that anything is sent to. */
const authPrefix = "/api/auth/";
const maxBodyBytes = 64 * 1024;

/** Names that say something about a request behind its back: who asks, by which address, what a middleware has already seen. */
const notFromOutside =
  /^(?:x-mcsd-|x-forwarded-|x-middleware-|x-invoke-|x-now-|x-original-|x-rewrite-|x-matched-path$|x-real-ip$|forwarded$)/;

/**
 * Refuses what no page of ours is sent: changes from another site, bodies without a length or too long, and (where the pages are
 * built) anything but GET and HEAD outside of next-auth's routes.
 */
export function checkPageRequest(
  request: IncomingMessage,
  options: { client: ClientIdentity; allowed: readonly string[]; path: string; isProduction: boolean },
): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const { client, allowed, path, isProduction } = options;
  const isAuth = path.startsWith(authPrefix);
  if (isProduction && !(isAuth && request.method === "POST"))
    throw new AppError("BAD_REQUEST", "Only GET is understood here.");
  requireOwnOrigin(request, { client, allowed });
  const length = request.headers["content-length"];
  if (isAuth && !(Number(length) <= maxBodyBytes))
    throw new AppError("BAD_REQUEST", "The body needs a length of at most 64 KB.");
}

/** Tells the pages who is asking, by headers that nobody outside can have written. */
export function tellPages(
  request: IncomingMessage,
  facts: { client: ClientIdentity; policy: string; requestId: string },
): void {
  const { client, policy, requestId } = facts;
  for (const name of Object.keys(request.headers)) if (notFromOutside.test(name)) delete request.headers[name];
  Object.assign(request.headers, {
    host: client.host,
    "content-security-policy": policy,
    "x-mcsd-address": client.address,
    "x-mcsd-path": request.url ?? "/",
    "x-request-id": requestId,
    "x-forwarded-for": client.address,
    "x-forwarded-proto": client.protocol,
    "x-forwarded-host": client.host,
  });
}
