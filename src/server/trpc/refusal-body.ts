import { TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import { sharedSuperjson } from "@/lib/shared-superjson";
import { statusOf, toErrorBody } from "@/server/errors";
import { toTrpcError } from "./init";

/** What tRPC itself would answer, for a call that is refused before tRPC sees it: clients find the error where they always do. */
export function refusalBody(thrown: unknown, requestId: string): object {
  const error = toErrorBody(thrown, requestId);
  const { code } = toTrpcError(thrown);
  const data = { code, httpStatus: statusOf(error.code), path: "", error };
  return { error: sharedSuperjson.serialize({ message: error.message, code: TRPC_ERROR_CODES_BY_KEY[code], data }) };
}
