import type { Permission } from "@/domains/auth/permissions";
import { requireApproval, requirePermission } from "@/server/auth/require-permission";
import type { Ctx } from "@/server/context";
import { AppError, isAppError, isDatabaseDown } from "@/server/errors";
import { t, toTrpcError } from "./init";

export const router = t.router;

const base = t.procedure.use(async ({ ctx, next, path, type }) => {
  const startedAt = performance.now();
  const { services, actor, address } = ctx;
  const limited = await services.limits.consume(actor, address, path);
  if (limited) {
    ctx.retryAfter(limited.retryAfterSeconds);
    throw toTrpcError(
      new AppError("RATE_LIMITED", `Too many calls. Try again in ${limited.retryAfterSeconds} s.`, limited),
    );
  }
  const result = await next();
  if (result.ok) return result;
  const { cause } = result.error;
  const wait = isAppError(cause) ? cause.details.retryAfterSeconds : undefined;
  if (typeof wait === "number") ctx.retryAfter(wait);
  const isOurs = isAppError(cause) || isDatabaseDown(cause);
  await services.refusals.record({ actor, action: path, thrown: cause });
  const error = isOurs ? toTrpcError(cause) : result.error;
  const isOurFault = error.code === "INTERNAL_SERVER_ERROR" && !isOurs;
  if (isOurFault)
    services.log.error(
      { err: error.cause ?? error, path, type, requestId: ctx.requestId, ms: performance.now() - startedAt },
      "a call failed",
    );
  throw error;
});

/** For everybody, signed in or not. */
export const publicProcedure = base;

/** For everybody who is signed in and approved; `ctx.verb` is what a verb takes. */
export const authedProcedure = base.use(({ ctx, next }) => {
  const { actor, services } = ctx;
  if (!actor) throw toTrpcError(new AppError("SIGN_IN_REQUIRED", "Sign in first, or send an API token."));
  const verb: Ctx = { ...services, actor };
  return next({ ctx: { ...ctx, actor, verb } });
});

export const approvedProcedure = authedProcedure.use(({ ctx, next }) => {
  try {
    requireApproval(ctx.actor);
  } catch (error) {
    throw toTrpcError(error);
  }
  return next();
});

/** For holders of a permission. Whether the named server is within reach is checked by the verb itself (`reachServer`). */
export function can(permission: Permission) {
  return authedProcedure.meta({ permission }).use(({ ctx, next }) => {
    try {
      requirePermission(ctx.actor, permission);
    } catch (error) {
      throw toTrpcError(error);
    }
    return next();
  });
}
