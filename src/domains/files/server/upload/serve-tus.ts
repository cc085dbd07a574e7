import { randomUUID } from "node:crypto";
import { type DataStore, MemoryLocker, Server, type ServerOptions } from "@tus/server";
import type { Ctx } from "@/server/context";
import { isAppError, isDatabaseDown, statusOf, toErrorBody } from "@/server/errors";
import { explainDiskError } from "@/server/fs/explain-disk-error";
import type { Transfer } from "@/server/http/open-transfer";

/** One writer per upload, whichever request it comes with. */
const locker = new MemoryLocker();

/** A store that gives out what is the caller's own, and throws for everything else. */
type OwnStore = DataStore & { own(id: string): Promise<unknown> };

/** Answers one request for resumable uploads, with our errors; it is cut off when `signal` aborts. */
export async function serveTus(
  ctx: Ctx,
  { request, response, signal }: Pick<Transfer, "request" | "response"> & { signal: AbortSignal },
  options: { path: string; store: OwnStore; onUploadFinish?: ServerOptions["onUploadFinish"] },
): Promise<void> {
  const { path, store, onUploadFinish } = options;
  const requestId = String(response.getHeader("x-request-id") ?? "");
  const server = new Server({
    path,
    datastore: store,
    locker,
    relativeLocation: true,
    // Other origins are let in, or not, before this is reached.
    allowedOrigins: () => false,
    namingFunction: () => randomUUID(),
    ...(onUploadFinish && { onUploadFinish }),
    onResponseError: (_, thrown) => {
      const error = explainDiskError(thrown);
      if (!isAppError(error) && !isDatabaseDown(error) && "status_code" in thrown)
        return {
          status_code: thrown.status_code,
          body: JSON.stringify({ error: { code: "BAD_REQUEST", message: thrown.body } }),
        };
      if (!isAppError(error)) ctx.log.error({ err: error, requestId }, "an upload failed");
      const status_code = isAppError(error) ? statusOf(error.code) : isDatabaseDown(error) ? 503 : 500;
      return { status_code, body: JSON.stringify({ error: toErrorBody(error, requestId) }) };
    },
  });
  // Before the library takes its lock: what is somebody else's is not even held up.
  const id = /\/(?:uploads|imports)\/([^/?]+)/.exec(request.url ?? "")?.[1];
  if (id) await store.own(id);
  // A right that has gone ends what is being sent; what has come stays for whoever may go on with it.
  const cut = () => request.destroy();
  signal.addEventListener("abort", cut, { once: true });
  try {
    await server.handle(request, response);
  } finally {
    signal.removeEventListener("abort", cut);
  }
}
