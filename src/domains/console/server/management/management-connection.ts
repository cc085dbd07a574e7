import WebSocket from "ws";
import { z } from "zod";
import { createLeakyBucket } from "@/lib/leaky-bucket";
import type { Clock } from "@/server/clock";
import { AppError } from "@/server/errors";
import type { ManagementMethod } from "./management-methods";

/** One connection that has been opened; once lost it stays so. */
export interface ManagementConnection {
  /** Resolves with why, when the connection is lost. */
  readonly lost: Promise<AppError>;
  /** A call was not answered in time, and nothing has been heard since. */
  readonly isSilent: boolean;
  call<Result>(method: ManagementMethod<Result>, params: readonly unknown[], timeoutMs: number): Promise<Result>;
  lose(error: AppError): void;
}

interface Target {
  host: string;
  port: number;
  secret: string;
  clock: Clock;
  /** For connecting and being let in together. */
  connectTimeoutMs: number;
  /** Of one message, in bytes. */
  maxBytes: number;
  signal: AbortSignal;
  /** What the game tells by itself: the name without what all have before it. */
  onNotification(name: string): void;
}

const maxWaiting = 256;
/** How long one that has gone silent is waited for. A game that saves a large world says nothing meanwhile. */
const silenceMs = 60_000;
/** What nobody has asked for, in characters: a game tells in a day what fits into it. */
const unasked = { capacity: 4 * 1024 * 1024, perMs: 100 };
const notification = /^minecraft:notification\/(.{1,100})$/;

/** JSON-RPC 2.0; the game sends one object in each message. */
const messageSchema = z.union([
  z.object({ id: z.number().int(), error: z.object({ code: z.number(), message: z.string() }) }),
  z.object({ id: z.number().int(), result: z.unknown() }),
  z.object({ id: z.undefined().optional(), method: z.string() }),
]);

/** Connects and is let in, or rejects with MANAGEMENT_UNREACHABLE and leaves no socket behind. */
export async function openManagement(target: Target): Promise<ManagementConnection> {
  const { host, port, secret, clock, signal } = target;
  if (signal.aborted) throw unreachable("closed");
  const address = host.includes(":") ? `[${host}]` : host;
  const socket = new WebSocket(`ws://${address}:${port}/`, {
    headers: { authorization: `Bearer ${secret}` },
    perMessageDeflate: false,
    followRedirects: false,
    maxPayload: target.maxBytes,
  });
  // What comes with the answer to the handshake must find somebody who listens already.
  const connection = converse(socket, target);
  const timer = new AbortController();
  const late = clock.sleep(target.connectTimeoutMs, timer.signal);
  late.then(
    () => connection.lose(unreachable("timeout")),
    () => undefined,
  );
  const onAbort = () => connection.lose(unreachable("closed"));
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const opened = new Promise<null>((resolve) => socket.once("open", () => resolve(null)));
    const error = await Promise.race([opened, connection.lost]);
    if (error) throw error;
    return connection;
  } finally {
    timer.abort();
    signal.removeEventListener("abort", onAbort);
  }
}

type Waiting = { take(result: unknown): void; reject(error: AppError): void };

function converse(socket: WebSocket, { clock, onNotification }: Target): ManagementConnection {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isLost: AppError | null = null;
  let silence: AbortController | null = null;
  const bucket = createLeakyBucket(unasked);
  let tellLost: (error: AppError) => void = () => undefined;
  const lost = new Promise<AppError>((resolve) => {
    tellLost = resolve;
  });

  const lose = (error: AppError) => {
    if (isLost) return;
    isLost = error;
    silence?.abort();
    socket.terminate();
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    tellLost(error);
  };

  const read = (data: WebSocket.RawData, isBinary: boolean) => {
    if (isLost) return;
    silence?.abort();
    silence = null;
    const text = String(data);
    const message = isBinary ? null : parse(text);
    if (message === null) return lose(unreachable("garbage"));
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (!asked && !bucket.pour(text.length, clock.now().getTime())) return lose(unreachable("flood"));
    if (message.id === undefined) {
      const name = "method" in message ? notification.exec(message.method)?.[1] : undefined;
      if (name !== undefined) onNotification(name);
      return;
    }
    // An answer to what is not waited for any more comes late; any other id was never given out.
    if (!asked) {
      if (message.id < 1 || message.id > lastId) lose(unreachable("unasked_reply"));
      return;
    }
    waiting.delete(message.id);
    if ("error" in message) asked.reject(refused(message.error));
    else asked.take("result" in message ? message.result : undefined);
  };

  const missAnswer = () => {
    if (silence || isLost) return;
    silence = new AbortController();
    clock.sleep(silenceMs, silence.signal).then(
      () => lose(unreachable("timeout")),
      () => undefined,
    );
  };

  socket.on("message", read);
  socket.on("unexpected-response", (_request, { statusCode }) =>
    lose(unreachable(statusCode === 401 ? "refused" : `status_${statusCode}`)),
  );
  socket.on("error", (error: NodeJS.ErrnoException) => lose(unreachable(error.code ?? "error")));
  socket.on("close", () => lose(unreachable("closed")));

  return {
    lost,
    lose,
    get isSilent() {
      return silence !== null;
    },
    call(method, params, timeoutMs) {
      if (isLost) return Promise.reject(isLost);
      if (waiting.size >= maxWaiting)
        return Promise.reject(new AppError("SERVER_BUSY", "Too many calls are waiting for this server."));
      const id = ++lastId;
      const timer = new AbortController();
      return new Promise((resolve, reject) => {
        const settle = () => timer.abort();
        waiting.set(id, {
          take(result) {
            settle();
            const checked = method.result.safeParse(result);
            if (checked.success) resolve(checked.data);
            else reject(unreachable("unexpected_answer", { method: method.name }));
          },
          reject(error) {
            settle();
            reject(error);
          },
        });
        clock.sleep(timeoutMs, timer.signal).then(
          () => {
            waiting.delete(id);
            missAnswer();
            reject(unreachable("timeout", { method: method.name, timeoutMs }));
          },
          () => undefined,
        );
        socket.send(JSON.stringify({ jsonrpc: "2.0", id, method: method.name, params }), (error) => {
          if (error) lose(unreachable("closed"));
        });
      });
    },
  };
}

function parse(text: string): z.infer<typeof messageSchema> | null {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function unreachable(reason: string, more: Record<string, unknown> = {}): AppError {
  return new AppError("MANAGEMENT_UNREACHABLE", `The game's management service cannot be used (${reason}).`, {
    reason,
    ...more,
  });
}

function refused({ code, message }: { code: number; message: string }): AppError {
  const said = message.slice(0, 200);
  return new AppError("COMMAND_REFUSED", `The game refused: ${said}`, { code, said });
}
