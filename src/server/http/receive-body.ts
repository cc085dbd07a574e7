import type { IncomingMessage } from "node:http";

/**
 * Hands the body to `write`, one piece after the other, until all of it is there. Rejects with what `write` throws, with the
 * signal's reason, or because the client has gone. The request is left open, so that the answer can tell why.
 */
export function receiveBody(
  request: IncomingMessage,
  write: (chunk: Buffer) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      request.pause();
      write(chunk).then(() => request.resume(), fail);
    };
    const onAbort = () => fail(signal.reason);
    const onClose = () => fail(Object.assign(new Error("the client has gone"), { code: "ECONNRESET" }));
    const leave = () => {
      request.off("data", onData).off("end", onEnd).off("error", fail).off("close", onClose).pause();
      signal.removeEventListener("abort", onAbort);
    };
    function onEnd() {
      leave();
      resolve();
    }
    function fail(reason: unknown) {
      leave();
      reject(reason);
    }
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    request.on("end", onEnd).on("error", fail).on("close", onClose).on("data", onData);
  });
}
