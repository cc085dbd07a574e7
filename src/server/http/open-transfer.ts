import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "@/server/auth/actor";
import { watchRights } from "@/server/auth/watch-rights";
import type { Ctx, Services } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import type { Authenticator } from "@/server/http/authenticate";
import { requireOwnOrigin } from "@/server/http/check-origin";
import type { ClientIdentity } from "@/server/http/client-address";

export interface TransferPlace {
  services: Services;
  authenticate: Authenticator;
  client: ClientIdentity;
}

export interface Transfer {
  request: IncomingMessage;
  response: ServerResponse;
}

export interface OpenTransfer {
  methods: readonly string[];
  /** For the audit log and the limits on calls. */
  action: string;
  /** Throws unless this may go on, now and at every later look. */
  check(actor: Actor): Promise<void>;
  /** `signal` aborts when the client goes, mcsd closes, or the right has gone. */
  work(ctx: Ctx, signal: AbortSignal): Promise<void>;
}

/** Lets somebody in who may, and looks every few seconds whether they still may: what is refused is written down. */
export async function openTransfer(
  { services, authenticate, client }: TransferPlace,
  { request, response }: Transfer,
  { methods, action, check, work }: OpenTransfer,
): Promise<void> {
  if (!methods.includes(request.method ?? "")) {
    const allow = methods.join(", ");
    response.setHeader("allow", allow);
    throw new AppError("BAD_REQUEST", `Only ${allow} is understood here.`);
  }
  const { cookie, authorization } = request.headers;
  requireOwnOrigin(request, { client, allowed: services.env.ALLOWED_ORIGINS });
  const credentials = { cookie, authorization, isHttps: client.protocol === "https" };
  const actor = await authenticate(credentials, client.address);
  const limited = await services.limits.consume(actor, client.address, action);
  if (limited)
    throw new AppError("RATE_LIMITED", `Too many calls. Try again in ${limited.retryAfterSeconds} s.`, limited);
  if (!actor) throw new AppError("SIGN_IN_REQUIRED", "Sign in first, or send an API token.");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { signal, release } = watchRights({
    actor,
    reauthenticate: () => authenticate.again(credentials, client.address),
    signal: gone.signal,
    shutdown: services.shutdown,
    check,
  });
  try {
    await check(actor);
    await work({ ...services, actor }, signal);
  } catch (thrown) {
    await services.refusals.record({ actor, action, thrown });
    if (services.shutdown.aborted && !isAppError(thrown))
      throw new AppError("SHUTTING_DOWN", "mcsd closed before this was done.", {}, { cause: thrown });
    throw thrown;
  } finally {
    release();
  }
}
