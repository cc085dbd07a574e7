import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/server/errors";
import type { ClientIdentity } from "./client-address";

interface OriginPolicy {
  client: ClientIdentity;
  allowed: readonly string[];
}

/** The request's Origin, if it is not our own and is on the list. */
export function allowedForeignOrigin(request: IncomingMessage, { client, allowed }: OriginPolicy): string | null {
  const { origin } = request.headers;
  return origin && origin !== ownOrigin(client) && allowed.includes(origin) ? origin : null;
}

/** Lets the pages of a listed origin read the answer, an error too. */
export function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("access-control-allow-headers", "content-type, authorization, trpc-accept");
  response.setHeader("access-control-allow-methods", "GET, POST, PUT");
  response.setHeader(
    "access-control-expose-headers",
    "retry-after, x-request-id, content-disposition, mcsd-audit-head",
  );
  response.setHeader("vary", "origin");
}

/**
 * Refuses what a page of another origin could send with our cookies: anything that changes something must be JSON and come
 * from our own origin or a listed one. Requests with an API token carry no cookie's power and need no origin; other kinds of
 * `authorization` count for nothing, because browsers add some by themselves.
 */
export function requireOwnOrigin(request: IncomingMessage, policy: OriginPolicy): void {
  const { origin, authorization } = request.headers;
  if (authorization && /^Bearer \S+$/i.test(authorization)) return;
  const site = request.headers["sec-fetch-site"];
  const isForeign = origin ? origin !== ownOrigin(policy.client) : site === "cross-site" || site === "same-site";
  if (isForeign && !allowedForeignOrigin(request, policy)) {
    throw new AppError(
      "ORIGIN_REFUSED",
      "Requests from another site are refused. Add its origin to ALLOWED_ORIGINS if it is yours.",
    );
  }
}

export function isJson(request: IncomingMessage): boolean {
  return /^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(request.headers["content-type"] ?? "");
}

export function ownOrigin(client: ClientIdentity): string {
  return `${client.protocol}://${client.host}`;
}
