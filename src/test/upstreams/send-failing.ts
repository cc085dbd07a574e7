import type { ServerResponse } from "node:http";
import type { ServedReply } from "./served-reply";

/** Ways in which an upstream goes wrong. */
export const failureModes = [
  /** 503 with a page of HTML. */
  "down",
  /** Never answers. */
  "silent",
  /** The right bytes, but only a two-hundredth of them every 100 ms. */
  "slow",
  /** Half of the right bytes, then nothing more, with the connection open. */
  "stalled",
  /** Half of the right bytes, then the connection is cut. */
  "truncated",
  /** As many bytes as announced, one of them wrong. */
  "wrong-checksum",
  /** More bytes than announced elsewhere. */
  "wrong-size",
  /** Bytes for ever. */
  "endless",
  /** A redirect to the cloud's metadata address. */
  "redirect-private",
  /** Status 200 with something else than what was asked for. */
  "garbage",
] as const;
export type FailureMode = (typeof failureModes)[number];

export function sendFailing(reply: ServerResponse, good: ServedReply, mode: FailureMode): void {
  const { body, contentType } = good;
  const head = { "content-type": contentType, "content-length": body.length };
  const half = body.subarray(0, Math.floor(body.length / 2));
  switch (mode) {
    case "down":
      return void reply.writeHead(503, { "content-type": "text/html" }).end("<html>Service unavailable</html>");
    case "silent":
      return;
    case "slow":
      drip(reply.writeHead(200, head), body);
      return;
    case "stalled":
      return void reply.writeHead(200, head).write(half);
    case "truncated":
      return void reply.writeHead(200, head).write(half, () => reply.destroy());
    case "wrong-checksum": {
      const wrong = Buffer.from(body);
      const at = wrong.length >> 1;
      wrong[at] = (wrong[at] ?? 0) ^ 0x01;
      return void reply.writeHead(200, head).end(wrong);
    }
    case "wrong-size":
      return void reply.writeHead(200, { "content-type": contentType }).end(Buffer.concat([body, Buffer.from(" ")]));
    case "endless":
      pour(reply.writeHead(200, { "content-type": contentType }));
      return;
    case "redirect-private":
      return void reply.writeHead(302, { location: "https://169.254.169.254/latest/meta-data/" }).end();
    case "garbage":
      return void reply
        .writeHead(200, { "content-type": "text/html" })
        .end("<html>Sign in to the hotel's network</html>");
  }
}

function drip(reply: ServerResponse, body: Buffer): void {
  const step = Math.max(1, Math.ceil(body.length / 200));
  let at = 0;
  const timer = setInterval(() => {
    reply.write(body.subarray(at, at + step));
    at += step;
    if (at >= body.length) reply.end();
  }, 100);
  reply.once("close", () => clearInterval(timer));
}

function pour(reply: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, 0x20);
  const push = () => {
    while (!reply.destroyed) if (!reply.write(chunk)) return void reply.once("drain", push);
  };
  push();
}
