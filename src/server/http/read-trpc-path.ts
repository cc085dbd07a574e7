import { AppError } from "@/server/errors";

const prefix = "/api/trpc/";
export const maxBatchSize = 10;

/**
 * The procedures that a request names, as tRPC wants them. What tRPC would refuse before it knows whose request it is
 * (broken encoding, too large a batch, connection parameters) is refused here, where the error gets its request id.
 */
export function readTrpcPath(requestUrl: string): string {
  const { pathname, searchParams } = new URL(requestUrl, "http://x");
  const path = pathname.slice(prefix.length);
  const calls = searchParams.get("batch") === "1" ? decode(path).split(",").length : 1;
  if (calls > maxBatchSize)
    throw new AppError("BAD_REQUEST", `At most ${maxBatchSize} calls go into one request.`, { calls, maxBatchSize });
  if (searchParams.has("connectionParams")) throw new AppError("BAD_REQUEST", "There are no connection parameters.");
  decode(path);
  return path;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AppError("BAD_REQUEST", "The address is not encoded correctly.");
  }
}
