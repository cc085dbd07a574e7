import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { refreshSession } from "@/domains/auth/server/refresh-session";
import { readCookie, sessionCookieNames } from "@/domains/auth/session-cookies";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import type { AccessParts } from "./access-part";
import { isJson, requireOwnOrigin } from "./check-origin";
import type { ClientIdentity } from "./client-address";
import { readSmallBody } from "./read-small-body";
import { sendJson } from "./send-json";
import { sessionCookies } from "./set-session-cookies";

const inputSchema = z.object({
  /** Random, chosen by the browser: the same one again is the same renewal asked for again. */
  attempt: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,64}$/)
    .optional(),
});

/**
 * `POST /api/session/refresh`: the refresh part of a session for both parts anew. Answers `{ seconds }`, the life of the access part.
 * Only our own pages may ask. Nothing is taken away on a refusal: another tab may have signed in meanwhile.
 */
export function createRefreshHandler(services: Services, access: AccessParts) {
  const { env, limits, refreshSecrets } = services;
  const refreshSeconds = env.REFRESH_TOKEN_EXPIRE_DAYS * 86_400;

  return async (request: IncomingMessage, response: ServerResponse, client: ClientIdentity): Promise<void> => {
    if (request.method !== "POST") {
      response.setHeader("allow", "POST");
      throw new AppError("BAD_REQUEST", "Only POST is understood here.");
    }
    if (!isJson(request)) throw new AppError("BAD_REQUEST", "The body must be application/json.");
    requireOwnOrigin(request, { client, allowed: [] });
    const { attempt } = readInput(await readSmallBody(request));

    const isHttps = client.protocol === "https";
    const claim = refreshSecrets.read(readCookie(request.headers.cookie, sessionCookieNames(isHttps).refresh));
    if (!claim) {
      const refused = await limits.consume(null, client.address, "session.refresh");
      if (refused)
        throw new AppError("RATE_LIMITED", `Too many calls. Try again in ${refused.retryAfterSeconds} s.`, refused);
      throw new AppError("SIGN_IN_REQUIRED", "There is no session to renew. Sign in.");
    }
    const renewed = await refreshSession(services, claim, { attempt: attempt ?? null, address: client.address });
    const parts = {
      access: await access.make(renewed),
      refresh: refreshSecrets.make(renewed),
      generation: renewed.generation,
    };
    const life = { isHttps, accessSeconds: access.seconds, refreshSeconds };
    response.setHeader("set-cookie", sessionCookies(parts, life));
    sendJson(response, 200, { seconds: access.seconds });
  };
}

function readInput(text: string): z.infer<typeof inputSchema> {
  try {
    return inputSchema.parse(JSON.parse(text));
  } catch {
    throw new AppError("VALIDATION_FAILED", "The attempt must be 16 to 64 letters and digits.", {
      issues: [{ path: ["attempt"], code: "invalid", message: "invalid" }],
    });
  }
}
