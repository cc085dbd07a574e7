import { initTRPC, TRPCError } from "@trpc/server";
import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { ZodError } from "zod";
import type { Permission } from "@/domains/auth/permissions";
import type { ErrorBody, ErrorCategory } from "@/lib/error-codes";
import { sharedSuperjson } from "@/lib/shared-superjson";
import { AppError, categoryOf, isAppError, isDatabaseDown, statusOf, toErrorBody } from "@/server/errors";
import type { RequestContext } from "./context";
import { describeIssues } from "./describe-issues";
import { inputTransformer } from "./input-transformer";

const trpcCodes = {
  VALIDATION_ERROR: "BAD_REQUEST",
  AUTHENTICATION_ERROR: "UNAUTHORIZED",
  AUTHORIZATION_ERROR: "FORBIDDEN",
  NOT_FOUND: "NOT_FOUND",
  CONFLICT: "CONFLICT",
  RATE_LIMIT_EXCEEDED: "TOO_MANY_REQUESTS",
  INTERNAL_ERROR: "INTERNAL_SERVER_ERROR",
  EXTERNAL_SERVICE_ERROR: "INTERNAL_SERVER_ERROR",
  SERVICE_UNAVAILABLE: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCategory, TRPCError["code"]>;

export const t = initTRPC
  .context<RequestContext>()
  .meta<{ permission?: Permission }>()
  .create({
    transformer: { input: inputTransformer, output: sharedSuperjson },
    isDev: false,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error, ctx, input }) {
      const body = publicBody(error, input, ctx?.requestId ?? "");
      // What a subscription throws has passed no middleware: without its own code clients would try again for ever.
      const isOurs = isAppError(error.cause) || isDatabaseDown(error.cause);
      const code = isOurs ? toTrpcError(error.cause).code : error.code;
      const httpStatus = isOurs ? statusOf(body.code) : shape.data.httpStatus;
      return {
        code: TRPC_ERROR_CODES_BY_KEY[code],
        message: body.message,
        data: { code, httpStatus, path: shape.data.path, error: body },
      };
    },
  });

/** The error as a TRPCError, so that its HTTP status is that of its category. */
export function toTrpcError(thrown: unknown): TRPCError {
  if (isAppError(thrown))
    return new TRPCError({ code: trpcCodes[categoryOf(thrown.code)], message: thrown.message, cause: thrown });
  if (isDatabaseDown(thrown)) return new TRPCError({ code: "SERVICE_UNAVAILABLE", cause: thrown });
  return thrown instanceof TRPCError ? thrown : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: thrown });
}

function publicBody(error: TRPCError, input: unknown, requestId: string): ErrorBody {
  const { cause } = error;
  if (isAppError(cause) || isDatabaseDown(cause)) return toErrorBody(cause, requestId);
  if (cause instanceof ZodError) {
    const details = { issues: describeIssues(cause, input) };
    return toErrorBody(new AppError("VALIDATION_FAILED", "Some of the input is not valid.", details), requestId);
  }
  if (error.code === "NOT_FOUND")
    return toErrorBody(new AppError("NOT_FOUND", "There is no such procedure."), requestId);
  const isCallersFault = [
    "BAD_REQUEST",
    "PARSE_ERROR",
    "METHOD_NOT_SUPPORTED",
    "UNSUPPORTED_MEDIA_TYPE",
    "PAYLOAD_TOO_LARGE",
  ].includes(error.code);
  if (isCallersFault) return toErrorBody(new AppError("BAD_REQUEST", "The request could not be read."), requestId);
  return toErrorBody(error, requestId);
}
