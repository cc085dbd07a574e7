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
    // A paused stream still says `end` when the piece in hand was its last.
    let isWriting = false;
    let isEnded = false;
    const onData = (chunk: Buffer) => {
      isWriting = true;
      request.pause();
      write(chunk).then(() => {
        isWriting = false;
        if (isEnded) finish();
        else request.resume();
      }, fail);
    };
    const onEnd = () => {
      isEnded = true;
      if (!isWriting) finish();
    };
    const onAbort = () => fail(signal.reason);
    const onClose = () => {
      if (!isEnded) fail(Object.assign(new Error("the client has gone"), { code: "ECONNRESET" }));
    };
    const leave = () => {
      request.off("data", onData).off("end", onEnd).off("error", fail).off("close", onClose).pause();
      signal.removeEventListener("abort", onAbort);
    };
    function finish() {
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
