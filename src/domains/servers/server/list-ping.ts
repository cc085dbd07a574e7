import { connect } from "node:net";
import { AppError } from "@/server/errors";
import { type PingAnswer, readPingAnswer } from "./list-ping-answer";
import { encodeStatusRequest, maxAnswerBytes, readStatusResponse } from "./list-ping-frames";

/**
 * Asks a server (1.7 or newer) for what the game's server list shows. Rejects with UPSTREAM_FAILED, `details.reason` one
 * of `refused`, `timeout`, `closed`, `bad_answer`; leaves no socket behind. `timeoutMs` bounds the whole.
 * Source of the format: https://minecraft.wiki/w/Java_Edition_protocol/Server_List_Ping
 */
export function pingServer(options: {
  host: string;
  port: number;
  timeoutMs: number;
  /** Protocol version to claim; -1 says "only asking". */
  protocol?: number;
}): Promise<PingAnswer> {
  const { host, port, timeoutMs, protocol = -1 } = options;
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    const timer = setTimeout(() => fail("timeout"), timeoutMs);
    let buffer = Buffer.alloc(4096);
    let size = 0;
    let askedAt = 0;

    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
    };
    const fail = (reason: string, cause?: unknown) => {
      finish();
      reject(
        new AppError("UPSTREAM_FAILED", `The server did not answer the list ping (${reason}).`, { reason }, { cause }),
      );
    };

    socket.once("connect", () => {
      askedAt = performance.now();
      socket.write(encodeStatusRequest(host, port, protocol));
    });
    socket.on("data", (chunk) => {
      if (size + chunk.length > maxAnswerBytes + 16) return fail("bad_answer");
      // Grown by doubling: an answer that trickles in costs linear time.
      while (buffer.length < size + chunk.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
      size += chunk.copy(buffer, size);
      try {
        const json = readStatusResponse(buffer.subarray(0, size));
        if (json === null) return;
        const answer = readPingAnswer(json);
        finish();
        resolve({ ...answer, latencyMs: Math.round(performance.now() - askedAt) });
      } catch (error) {
        fail("bad_answer", error);
      }
    });
    socket.on("error", (error) => fail("refused", error));
    socket.on("close", () => fail("closed"));
  });
}
