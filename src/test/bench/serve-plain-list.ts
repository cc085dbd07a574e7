import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answerQuestions } from "./role";

/** The reference of the list: node:http and nothing else, turning the same rows into JSON for every request. */
export function servePlainList(): void {
  answerQuestions(async ({ rows }: { rows: unknown }) => {
    const server = createServer((_request, response) => {
      const body = Buffer.from(JSON.stringify(rows));
      response.writeHead(200, { "content-type": "application/json", "content-length": body.byteLength });
      response.end(body);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return (server.address() as AddressInfo).port;
  });
}
