import superjson from "superjson";
import type { ErrorBody } from "@/lib/error-codes";

export type Credentials = { token?: string; cookie?: string };
export type ProcedureType = "query" | "mutation" | "subscription";

export interface Answer {
  status: number;
  /** Null when it went well. */
  error: ErrorBody | null;
  data: unknown;
  headers: Headers;
  text: string;
}

interface Shape {
  json?: { data?: { httpStatus?: number; error?: ErrorBody } };
}

export interface Call {
  path: string;
  type: ProcedureType;
  input?: unknown;
  credentials?: Credentials;
  /** How long to wait for the first event of a stream that was let in; left out: for ever. */
  streamMs?: number;
}

/** One call as it goes over the wire, without the typed client: what is refused must be refused to anybody's program. */
export async function callProcedure(
  url: string,
  { path, type, input, credentials = {}, streamMs }: Call,
): Promise<Answer> {
  const serialised = input === undefined ? undefined : JSON.stringify(superjson.serialize(input));
  const query = type !== "mutation" && serialised ? `?input=${encodeURIComponent(serialised)}` : "";
  const aborted = new AbortController();
  const response = await fetch(`${url}/api/trpc/${path}${query}`, {
    method: type === "mutation" ? "POST" : "GET",
    headers: { ...headersOf(credentials), ...(type === "mutation" ? { "content-type": "application/json" } : {}) },
    body: type === "mutation" ? (serialised ?? "{}") : undefined,
    signal: aborted.signal,
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;
  if (!isStream) return readAnswer(response);
  const timer = streamMs === undefined ? undefined : setTimeout(() => aborted.abort(), streamMs);
  const event = await firstEvent(response).catch((error) => {
    if (aborted.signal.aborted) return { name: "nothing", data: "" };
    throw error;
  });
  clearTimeout(timer);
  aborted.abort();
  const isError = event.name === "serialized-error";
  const shape = isError ? (JSON.parse(event.data) as Shape) : null;
  // The stream itself is a 200; what clients go by is the status inside.
  const status = shape?.json?.data?.httpStatus ?? response.status;
  const error = shape ? errorIn({ error: shape }) : null;
  return { status, error, data: event.data, headers: response.headers, text: event.data };
}

export function headersOf({ token, cookie }: Credentials): Record<string, string> {
  return { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(cookie ? { cookie } : {}) };
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const { status, headers } = response;
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    return { status, error: null, data: text, headers, text };
  }
  return { status, error: errorIn(body), data: dataIn(body), headers, text };
}

/** The error of a tRPC answer, or of plain HTTP. */
export function errorIn(body: unknown): ErrorBody | null {
  const { error } = (Array.isArray(body) ? body[0] : body) as { error?: Shape & ErrorBody };
  if (!error) return null;
  return error.json?.data?.error ?? error;
}

function dataIn(body: unknown): unknown {
  const { result } = body as { result?: { data?: Parameters<typeof superjson.deserialize>[0] } };
  return result?.data ? superjson.deserialize(result.data) : body;
}

/** The first event of a stream that carries something; `connected` is only the handshake. */
async function firstEvent(response: Response): Promise<{ name: string; data: string }> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    for (const block of text.split("\n\n").slice(0, -1)) {
      const field = (key: string) => new RegExp(`(?:^|\\n)${key}: ?([^\\n]*)`).exec(block)?.[1];
      const name = field("event") ?? "message";
      const data = field("data") ?? "";
      if (name !== "connected" && name !== "ping") return { name, data };
    }
  }
  throw new Error(`The stream ended without an event: ${text}`);
}
