import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { exportAudit } from "@/domains/audit/server/export-audit";
import { serveFiles } from "@/domains/files/server/http/serve-files";
import { serveUploads } from "@/domains/files/server/upload/serve-uploads";
import { serveMetrics } from "@/domains/metrics/server/serve-metrics";
import { serveImportUploads } from "@/domains/servers/server/import/serve-import-uploads";
import { downloadSnapshot } from "@/domains/snapshots/server/http/download-snapshot";
import { receiveSnapshot } from "@/domains/snapshots/server/http/receive-snapshot";
import { receiveWorld } from "@/domains/snapshots/server/http/receive-world";
import type { Services } from "@/server/context";
import { AppError, isAppError, isDatabaseDown, statusOf, toErrorBody } from "@/server/errors";
import type { NextPages } from "@/server/next-handler";
import { refusalBody } from "@/server/trpc/refusal-body";
import type { AccessParts } from "./access-part";
import { createClientErrorAnswer } from "./answer-client-error";
import type { Authenticator } from "./authenticate";
import { allowedForeignOrigin, allowOrigin } from "./check-origin";
import { createClientIdentifier } from "./client-address";
import { limitBodyTime } from "./limit-body-time";
import { checkPageRequest, tellPages } from "./page-request";
import { createRefreshHandler } from "./refresh-handler";
import { setSecurityHeaders } from "./security-headers";
import { sendJson } from "./send-json";
import { createTrpcHandler } from "./trpc-handler";

export interface AppServerOptions {
  services: Services;
  authenticate: Authenticator;
  access: AccessParts;
  /** Resolves when Next is ready for pages. */
  pages: Promise<Pick<NextPages, "handle">>;
  /** `starting` and `stopping` answer health with 503. */
  phase(): "starting" | "ready" | "stopping";
}

const trpcPrefix = "/api/trpc/";
const discardMs = 5000;
const filesPath = /^\/api\/servers\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/files$/;
const uploadsPath = /^\/api\/servers\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/uploads(?:\/[0-9a-f-]{36})?$/;
const downloadPath = /^\/api\/snapshots\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/download$/;
const importPath = /^\/api\/servers\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/snapshots\/import$/;
const importUploadsPath = /^\/api\/imports(?:\/[0-9a-f-]{36})?$/;
const worldPath = /^\/api\/servers\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/world$/;

/** The one HTTP server: health, tRPC and bytes itself, everything else through Next. */
export function createAppServer({ services, authenticate, access, pages, phase }: AppServerOptions): Server {
  const { env, log } = services;
  const identify = createClientIdentifier({ trustedProxies: env.TRUSTED_PROXIES, publicUrl: env.PUBLIC_URL });
  const trpc = createTrpcHandler(services, authenticate);
  const refresh = createRefreshHandler(services, access);
  const imageOrigin = env.PLAYER_HEAD_URL && new URL(env.PLAYER_HEAD_URL.replace(/[{}]/g, "")).origin;

  const route = async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    const client = identify(request);
    const isHttps = client.protocol === "https";
    const policy = setSecurityHeaders(response, { isHttps, isProduction: env.isProduction, imageOrigin });
    response.setHeader("x-request-id", requestId);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    // Files are sent by PUT and PATCH and take as long as they take.
    if (request.method !== "PUT" && request.method !== "PATCH") limitBodyTime(request);

    if (isOwnApi(path)) {
      const foreign = allowedForeignOrigin(request, { client, allowed: env.ALLOWED_ORIGINS });
      if (foreign) allowOrigin(response, foreign);
      if (request.method === "OPTIONS") return void response.writeHead(foreign ? 204 : 403).end();
    }
    if (path === "/api/v1/health" || path === "/api/health") return answerHealth(response, services, phase());
    if (path === "/api/health/live") return sendJson(response, 200, { status: "live" });
    if (path.startsWith(trpcPrefix)) return trpc({ request, response, client, requestId });
    if (path === "/api/audit/export") return exportAudit({ services, authenticate, client }, { request, response });
    if (path === "/api/metrics") return serveMetrics({ services, authenticate, client }, { request, response });
    if (path === "/api/session/refresh") return refresh(request, response, client);
    const place = { services, authenticate, client };
    const snapshotId = downloadPath.exec(path)?.[1];
    if (snapshotId) return downloadSnapshot(place, { request, response, snapshotId });
    const importing = importPath.exec(path)?.[1];
    if (importing) return receiveSnapshot(place, { request, response, serverId: importing });
    const played = worldPath.exec(path)?.[1];
    if (played) return receiveWorld(place, { request, response, serverId: played });
    const uploading = uploadsPath.exec(path)?.[1];
    if (uploading) return serveUploads(place, { request, response, serverId: uploading });
    if (importUploadsPath.test(path)) return serveImportUploads(place, { request, response });
    const serverId = filesPath.exec(path)?.[1];
    if (serverId) return serveFiles(place, { request, response, serverId });

    checkPageRequest(request, { client, allowed: env.ALLOWED_ORIGINS, path, isProduction: env.isProduction });
    tellPages(request, { client, policy, requestId });
    return (await pages).handle(request, response);
  };

  const server = createServer((request, response) => {
    const requestId = randomUUID();
    route(request, response, requestId).catch((error: unknown) => {
      const status = isAppError(error) ? statusOf(error.code) : isDatabaseDown(error) ? 503 : 500;
      if (status === 500) log.error({ err: error, requestId, path: request.url?.split("?", 1)[0] }, "a request failed");
      if (response.headersSent) return void response.destroy();
      const wait = isAppError(error) ? error.details.retryAfterSeconds : undefined;
      if (typeof wait === "number") response.setHeader("retry-after", String(wait));
      const isTrpc = request.url?.startsWith(trpcPrefix);
      sendJson(response, status, isTrpc ? refusalBody(error, requestId) : { error: toErrorBody(error, requestId) });
      discardRest(request);
    });
  });
  server.on("clientError", createClientErrorAnswer({ isHttps: env.PUBLIC_URL?.protocol === "https:" }));
  server.headersTimeout = 30_000;
  server.requestTimeout = 0;
  server.keepAliveTimeout = 65_000;
  return server;
}

/** What is answered here and not by Next. */
function isOwnApi(path: string): boolean {
  return path.startsWith("/api/") && !path.startsWith("/api/auth/");
}

/** A client that is still sending when it is refused gets a moment to notice: cutting it off could cost it the answer. */
function discardRest(request: IncomingMessage): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.destroy(), discardMs).unref();
  request.once("close", () => clearTimeout(timer)).resume();
}

async function answerHealth(response: ServerResponse, services: Services, phase: string): Promise<void> {
  if (phase !== "ready") return sendJson(response, 503, { status: phase });
  try {
    await services.pingDatabase();
    sendJson(response, 200, { status: "ok" });
  } catch {
    const error = new AppError("DATABASE_UNAVAILABLE", "The database cannot be reached at the moment.");
    sendJson(response, 503, { status: "database", error: toErrorBody(error, "") });
  }
}
