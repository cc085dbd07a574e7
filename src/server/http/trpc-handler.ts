import type { IncomingMessage, ServerResponse } from "node:http";
import { nodeHTTPRequestHandler } from "@trpc/server/adapters/node-http";
import type { Actor } from "@/server/auth/actor";
import type { Services } from "@/server/context";
import { AppError } from "@/server/errors";
import type { RequestContext } from "@/server/trpc/context";
import { appRouter } from "@/server/trpc/root";
import type { Authenticator } from "./authenticate";
import { isJson, ownOrigin, requireOwnOrigin } from "./check-origin";
import type { ClientIdentity } from "./client-address";
import { createHotReads } from "./hot-reads";
import { maxBatchSize, readTrpcPath } from "./read-trpc-path";
import { createSubscriptionHandler } from "./subscription-handler";

const maxBodyBytes = 1024 * 1024;

export interface ApiCall {
  request: IncomingMessage;
  response: ServerResponse;
  client: ClientIdentity;
  requestId: string;
}

/** Answers `/api/trpc`: origin and content type first, then who is asking, then the procedure. Throws what it refuses. */
export function createTrpcHandler(services: Services, authenticate: Authenticator) {
  const hotReads = createHotReads(services);
  const subscriptions = createSubscriptionHandler(appRouter);
  const allowed = services.env.ALLOWED_ORIGINS;

  return async ({ request, response, client, requestId }: ApiCall): Promise<void> => {
    if (request.method !== "GET" && request.method !== "POST") {
      response.setHeader("allow", "GET, POST");
      throw new AppError("BAD_REQUEST", "Only GET and POST are understood here.");
    }
    if (request.method === "POST" && !isJson(request))
      throw new AppError("BAD_REQUEST", "The body must be application/json.");
    const { cookie, authorization } = request.headers;
    requireOwnOrigin(request, { client, allowed });
    const path = readTrpcPath(request.url ?? "");

    const credentials = { cookie, authorization, isHttps: client.protocol === "https" };
    const actor = await authenticate(credentials, client.address);
    if (actor && (await answeredFromKept(actor, { request, response, client, requestId }))) return;

    const gone = new AbortController();
    response.once("close", () => gone.abort());
    response.setHeader("cache-control", "no-store");
    const context: RequestContext = {
      services,
      actor,
      address: client.address,
      origin: ownOrigin(client),
      requestId,
      signal: gone.signal,
      reauthenticate: () => authenticate.again(credentials, client.address),
      retryAfter: (seconds: number) => {
        if (!response.headersSent) response.setHeader("retry-after", String(seconds));
      },
    };
    if (subscriptions.handles(request, path))
      return subscriptions.answer({
        request,
        response,
        path,
        context,
        signal: gone.signal,
        onError: (thrown) => void services.refusals.record({ actor, action: path, thrown }),
      });
    await nodeHTTPRequestHandler({
      req: request,
      res: response,
      path,
      router: appRouter,
      maxBatchSize,
      maxBodySize: maxBodyBytes,
      createContext: () => context,
    });
  };

  async function answeredFromKept(actor: Actor, { request, response, client }: ApiCall): Promise<boolean> {
    if (!actor || actor.kind === "system" || !actor.isApproved || actor.mustEnrol) return false;
    if (!actor.permissions.has("servers.view")) return false;
    const kept = hotReads.answer(request, actor);
    if (!kept || (await services.limits.consume(actor, client.address, "servers.list"))) return false;
    hotReads.send(response, await kept);
    return true;
  }
}
