import type { IncomingMessage } from "node:http";

const usualMs = 60_000;

/** Ends a connection whose request body does not arrive in time: whoever sends a byte now and then must not hold it for ever. */
export function limitBodyTime(request: IncomingMessage, ms = usualMs): void {
  const timer = setTimeout(() => {
    if (!request.complete) request.destroy();
  }, ms).unref();
  request.once("close", () => clearTimeout(timer));
}
