import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import { watchRights } from "@/server/auth/watch-rights";
import type { Services } from "@/server/context";
import { AppError, isAppError } from "@/server/errors";
import { childPath, openFolderInside } from "@/server/fs/inside";
import type { Authenticator } from "@/server/http/authenticate";
import { requireOwnOrigin } from "@/server/http/check-origin";
import type { ClientIdentity } from "@/server/http/client-address";
import { receiveBody } from "@/server/http/receive-body";
import { sendJson } from "@/server/http/send-json";
import { recordAudit } from "../../audit/server/record-audit";
import { reachServer } from "../../servers/server/policy";
import { serverUid } from "../../servers/server/server-uid";
import { uidBaseOf } from "../../servers/server/uid-base";
import { withUploadRoom } from "./with-upload-room";

interface Place {
  services: Services;
  authenticate: Authenticator;
  client: ClientIdentity;
}

interface Upload {
  request: IncomingMessage;
  response: ServerResponse;
  serverId: string;
}

const jarName = "server.jar";

/**
 * `PUT /api/servers/{id}/files?path=server.jar`: brings the jar of a stopped custom server. Streams into a temporary file of our
 * own and renames it in; a failed upload leaves nothing.
 */
export async function receiveFile({ services, authenticate, client }: Place, upload: Upload): Promise<void> {
  const { request, response } = upload;
  if (request.method !== "PUT") {
    response.setHeader("allow", "PUT");
    throw new AppError("BAD_REQUEST", "Only PUT is understood here.");
  }
  const { cookie, authorization } = request.headers;
  requireOwnOrigin(request, { client, allowed: services.env.ALLOWED_ORIGINS });
  const credentials = { cookie, authorization, isHttps: client.protocol === "https" };
  const actor = await authenticate(credentials, client.address);
  if (!actor) throw new AppError("SIGN_IN_REQUIRED", "Sign in first, or send an API token.");
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const { signal, release } = watchRights({
    actor,
    reauthenticate: () => authenticate.again(credentials, client.address),
    signal: gone.signal,
    shutdown: services.shutdown,
    check: async (now) => void (await reachServer({ actor: now, db: services.db }, upload.serverId, "files.upload")),
  });
  try {
    await receiveFrom(actor, services, { ...upload, signal });
  } catch (thrown) {
    await services.refusals.record({ actor, action: "files.upload", thrown });
    if (services.shutdown.aborted && !isAppError(thrown))
      throw new AppError("SHUTTING_DOWN", "mcsd closed before the file was there.", {}, { cause: thrown });
    throw thrown;
  } finally {
    release();
  }
}

async function receiveFrom(
  actor: Actor,
  services: Services,
  { request, response, serverId, signal }: Upload & { signal: AbortSignal },
): Promise<void> {
  requirePermission(actor, "files.upload");
  const limited = await services.limits.consumeUpload(actor);
  if (limited)
    throw new AppError("RATE_LIMITED", `Too many uploads. Try again in ${limited.retryAfterSeconds} s.`, limited);
  const record = await reachServer({ actor, db: services.db }, serverId, "files.upload");
  const path = new URL(request.url ?? "", "http://x").searchParams.get("path");
  if (path !== jarName || record.type !== "custom") {
    throw new AppError("FILE_TYPE_REFUSED", "Only server.jar of a custom server can be uploaded in this version.", {
      path,
    });
  }
  const limit = services.env.MAX_UPLOAD_SIZE_MB * 1024 * 1024;
  if (Number(request.headers["content-length"] ?? 0) > limit) throw tooLarge(services.env.MAX_UPLOAD_SIZE_MB);

  const { tracked, release } = services.supervisor.lock(record.id, "upload");
  try {
    services.supervisor.requireAction(tracked, "update");
    const target = { kind: "server", id: record.id };
    const place = { record, name: jarName };
    const announced = Number(request.headers["content-length"] ?? 0);
    await withUploadRoom(services, { ...place, bytes: announced }, async () => {});
    const bytes = await store(services, record, {
      request,
      limit,
      signal,
      finish: (size, put) =>
        withUploadRoom(services, { ...place, bytes: size }, async () => {
          // Before the file takes its place: a crash leaves no file that nobody brought.
          await recordAudit(services.db, actor, { action: "files.upload", target, details: { path, bytes: size } });
          await put();
        }),
    });
    sendJson(response, 200, { path, size: bytes });
  } finally {
    release();
  }
}

interface Receiving {
  request: IncomingMessage;
  limit: number;
  /** Aborts with the reason when the upload may not go on. */
  signal: AbortSignal;
  /** Called once all is there; `put` gives the file its place. */
  finish(bytes: number, put: () => Promise<void>): Promise<void>;
}

async function store(
  services: Services,
  record: { id: string; uidNumber: number },
  { request, limit, signal, finish }: Receiving,
): Promise<number> {
  const { paths } = services.dataDir;
  const uid = serverUid(uidBaseOf(services.env), record);
  const temporary = paths.upload(randomUUID());
  try {
    const file = await open(temporary, "wx", 0o600);
    let bytes = 0;
    try {
      const write = async (chunk: Buffer) => {
        bytes += chunk.byteLength;
        if (bytes > limit) throw tooLarge(services.env.MAX_UPLOAD_SIZE_MB);
        await file.writeFile(chunk);
      };
      await receiveBody(request, write, signal);
      if (uid !== null) await file.chown(uid, uid);
      await file.sync();
    } finally {
      await file.close();
    }
    const root = paths.serverFolder(record.id);
    const folder = await openFolderInside(root, []);
    try {
      signal.throwIfAborted();
      await finish(bytes, async () => {
        await rename(temporary, childPath(folder, root, jarName));
        await folder.sync();
      });
    } finally {
      await folder.close();
    }
    return bytes;
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function tooLarge(limitMb: number): AppError {
  return new AppError("FILE_TOO_LARGE", `The file is larger than the ${limitMb} MB that MAX_UPLOAD_SIZE_MB allows.`, {
    limitMb,
  });
}
