import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { answerQuestions } from "./role";

const batchMs = 50;

/**
 * The reference of the fan-out: node:http and nothing else, which makes up lines like a server's, encodes each batch of 50 ms
 * once and writes the same bytes to everybody.
 */
export function servePlainStream(): void {
  const readers = new Set<ServerResponse>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" }).write("event: connected\ndata: {}\n\n");
    readers.add(response);
    response.once("close", () => readers.delete(response));
  });

  const flood = async (total: number, perSecond: number) => {
    const begun = performance.now();
    for (let sent = 0; sent < total; await sleep(batchMs)) {
      const due = Math.min(total, Math.ceil(((performance.now() - begun) / 1000) * perSecond));
      const lines = [];
      while (sent < due) lines.push(toLine(++sent, total));
      const bytes = Buffer.from(`data: ${JSON.stringify({ json: { kind: "lines", lines } })}\nid: ${sent}\n\n`);
      for (const reader of readers) reader.write(bytes);
    }
  };

  answerQuestions(async (question: "listen" | { total: number; perSecond: number }) => {
    if (question !== "listen") return flood(question.total, question.perSecond);
    await once(server.listen(0, "127.0.0.1"), "listening");
    return (server.address() as AddressInfo).port;
  });
}

function toLine(number: number, total: number) {
  const text = `[12:00:00] [Flood/INFO]: Flood line ${number} of ${total}`;
  return { id: String(number * 60), time: "2026-01-01T12:00:00.000Z", level: "info", text };
}
