import { Agent, type Dispatcher, request as undiciRequest } from "undici";
import { AppError, isAppError } from "@/server/errors";
import { readGuardedBody, tooLarge } from "./guarded-body";
import { createGuardedConnect, type ResolveHost } from "./guarded-connect";
import { openDeadline } from "./guarded-deadline";
import { checkOutboundUrl, isTrustedBy } from "./guarded-url";

export interface GuardedFetchOptions {
  /** Product, version and a contact: PaperMC refuses anything less. */
  userAgent: string;
  /** Base URLs that the operator set. They may be plain http and private; so may what they lead to on the same host. */
  trustedBases: readonly URL[];
  /** Time limits in ms: to connect, until the first byte of a reply, and between two chunks of it. */
  connectMs?: number;
  firstByteMs?: number;
  idleMs?: number;
  ca?: string;
  resolve?: ResolveHost;
}

export interface OutboundRequest {
  /** Hosts (with the port unless it is the default) that may answer besides the trusted ones. Left out: any public host. */
  allowedHosts?: readonly string[];
  headers?: Readonly<Record<string, string>>;
  /** JSON to be sent by POST. Then no redirect is followed. */
  json?: string;
  /** Statuses that are an answer and not a failure. Default 200 only. */
  acceptStatus?: readonly number[];
  /** Most bytes of the body, before and after decompression. */
  maxBytes: number;
  /** Time in ms for everything: redirects and the last byte of the body included. */
  totalMs: number;
  signal?: AbortSignal;
}

export interface OutboundResponse {
  status: number;
  /** Where it came from in the end. */
  url: URL;
  header(name: string): string | undefined;
  /** Decoded. Must be read to its end or given up with `discard`. */
  body: AsyncIterable<Uint8Array>;
  discard(): void;
}

/** The one way out of the program to addresses that came from elsewhere. */
export interface OutboundClient {
  /**
   * GETs a URL, or POSTs to it where there is something to send. Throws DOWNLOAD_REFUSED (scheme, host or address not allowed, too many redirects), UPSTREAM_FAILED (network,
   * status, time or size limit), or the signal's own reason.
   */
  get(url: string | URL, request: OutboundRequest): Promise<OutboundResponse>;
  /** Ends all connections. */
  close(): Promise<void>;
}

const maxRedirects = 5;
const redirectStatuses = new Set([301, 302, 303, 307, 308]);

/** Builds the outbound client. Opens nothing until the first request. */
export function createGuardedFetch(options: GuardedFetchOptions): OutboundClient {
  const { trustedBases, connectMs = 10_000, firstByteMs = 20_000, idleMs = 20_000, ca, resolve } = options;
  const isTrusted = isTrustedBy(trustedBases);
  const agent = new Agent({
    connect: createGuardedConnect({ isTrusted, connectMs, ca, resolve }),
    headersTimeout: firstByteMs,
    bodyTimeout: idleMs,
    maxHeaderSize: 16_384,
  });

  const get = async (start: string | URL, request: OutboundRequest): Promise<OutboundResponse> => {
    let url = checkOutboundUrl(start, undefined, { isTrusted, allowedHosts: request.allowedHosts });
    const deadline = openDeadline(request.totalMs, request.signal);
    const fail = (thrown: unknown) => toOutboundError(thrown, url.host, deadline, request.signal);
    try {
      for (let hops = 0; ; hops++) {
        const { json } = request;
        const headers = {
          "user-agent": options.userAgent,
          "accept-encoding": "identity",
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...request.headers,
        };
        const method = json === undefined ? "GET" : "POST";
        const reply = await undiciRequest(url, {
          dispatcher: agent,
          method,
          body: json,
          headers,
          signal: deadline.signal,
        });
        const location = redirectStatuses.has(reply.statusCode) ? firstOf(reply.headers.location) : undefined;
        if (location === undefined) return accept(reply, url, request, { fail, done: deadline.close });
        drop(reply);
        if (hops >= maxRedirects || json !== undefined) {
          throw new AppError("DOWNLOAD_REFUSED", `${url.host} redirects too often.`, {
            reason: "redirects",
            host: url.host,
          });
        }
        url = checkOutboundUrl(location, url, { isTrusted, allowedHosts: request.allowedHosts });
      }
    } catch (thrown) {
      deadline.close();
      throw fail(thrown);
    }
  };
  return { get, close: () => agent.destroy() };
}

interface Ending {
  fail(thrown: unknown): unknown;
  done(): void;
}

function accept(reply: Dispatcher.ResponseData, url: URL, request: OutboundRequest, ending: Ending): OutboundResponse {
  const { host } = url;
  // A time limit that strikes before the body is read must not become an unhandled error.
  reply.body.on("error", () => {});
  if (!(request.acceptStatus ?? [200]).includes(reply.statusCode)) {
    drop(reply);
    const details = { reason: "status", host, status: reply.statusCode };
    throw new AppError("UPSTREAM_FAILED", `${host} answered with status ${reply.statusCode}.`, details);
  }
  if (Number(firstOf(reply.headers["content-length"]) ?? 0) > request.maxBytes) {
    drop(reply);
    throw tooLarge(host, request.maxBytes);
  }
  const encoding = firstOf(reply.headers["content-encoding"])?.toLowerCase();
  return {
    status: reply.statusCode,
    url,
    header: (name) => firstOf(reply.headers[name.toLowerCase()]),
    body: guardEnding(readGuardedBody(reply.body, { host, maxBytes: request.maxBytes, encoding }), ending),
    discard: () => {
      drop(reply);
      ending.done();
    },
  };
}

async function* guardEnding(body: AsyncIterable<Uint8Array>, ending: Ending): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (thrown) {
    throw ending.fail(thrown);
  } finally {
    ending.done();
  }
}

function toOutboundError(
  thrown: unknown,
  host: string,
  deadline: { isOver(): boolean },
  signal?: AbortSignal,
): unknown {
  if (signal?.aborted) return signal.reason;
  if (isAppError(thrown)) return thrown;
  const code = String((thrown as { code?: unknown }).code);
  const isLate = deadline.isOver() || /^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code);
  const message = isLate ? `${host} did not answer in time.` : `${host} could not be read.`;
  return new AppError("UPSTREAM_FAILED", message, { reason: isLate ? "timeout" : "network", host }, { cause: thrown });
}

function drop(reply: Dispatcher.ResponseData): void {
  reply.body.on("error", () => {}).destroy();
}

function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
