import type { Socket } from "node:net";
import type { Clock } from "@/server/clock";
import { AppError, isAppError } from "@/server/errors";
import { createFrameDecoder, encodeFrame, type RconFrame } from "./rcon-frames";

/** One connection to an RCON port, on which one side at a time speaks. */
export interface RconLink {
  readonly isLost: boolean;
  /** One write per packet: vanilla takes one read for one packet and closes on anything else. */
  send(frame: { id: number; type: number; text: string }): void;
  /**
   * Hands every packet to `take` until it gives a value. Rejects with why the link was lost, or with RCON_TIMEOUT after
   * `timeoutMs`, which loses the link: a late reply must find nobody to be taken for another's.
   */
  receive<T>(take: (frame: RconFrame) => T | undefined, timeoutMs: number): Promise<T>;
  /** Gives the `receive` under way this long from now instead. */
  limit(timeoutMs: number): void;
  lose(error: AppError): void;
}

type Waiter = { take(frame: RconFrame): void; reject(error: AppError): void };

export function createRconLink(socket: Socket, clock: Clock): RconLink {
  const decoder = createFrameDecoder();
  let waiter: Waiter | null = null;
  let timer = new AbortController();
  let lost: AppError | null = null;

  const lose = (error: AppError) => {
    if (lost !== null) return;
    lost = error;
    timer.abort();
    socket.destroy();
    waiter?.reject(error);
    waiter = null;
  };

  const limit = (timeoutMs: number) => {
    timer.abort();
    timer = new AbortController();
    clock.sleep(timeoutMs, timer.signal).then(
      () => lose(new AppError("RCON_TIMEOUT", "The server did not answer the command in time.", { timeoutMs })),
      () => undefined,
    );
  };

  socket.on("data", (chunk) => {
    if (waiter === null) return lose(unreachable("unasked_reply"));
    try {
      for (const frame of decoder.push(chunk)) {
        if (waiter === null) return lose(unreachable("unasked_reply"));
        waiter.take(frame);
      }
    } catch (error) {
      lose(isAppError(error) ? error : unreachable("garbage"));
    }
  });
  socket.on("error", (error: NodeJS.ErrnoException) => lose(unreachable(error.code ?? "error")));
  socket.on("end", () => lose(unreachable("closed")));
  socket.on("close", () => lose(unreachable("closed")));

  return {
    get isLost() {
      return lost !== null;
    },
    send: (frame) => {
      const packet = encodeFrame(frame);
      if (lost === null) socket.write(packet);
    },
    receive: (take, timeoutMs) =>
      new Promise((resolve, reject) => {
        if (lost !== null) return reject(lost);
        waiter = {
          reject,
          take: (frame) => {
            const value = take(frame);
            if (value === undefined) return;
            waiter = null;
            timer.abort();
            resolve(value);
          },
        };
        limit(timeoutMs);
      }),
    limit,
    lose,
  };
}

export function unreachable(reason: string): AppError {
  return new AppError("RCON_UNREACHABLE", `The server's RCON port cannot be used (${reason}).`, { reason });
}
