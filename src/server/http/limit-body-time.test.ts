import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, it } from "vitest";
import { limitBodyTime } from "./limit-body-time";

it("ends who sends a byte now and then, and nobody who has sent everything", async () => {
  const server = createServer((request, response) => {
    limitBodyTime(request, 150);
    request.resume().once("end", () => setTimeout(() => response.end("done"), 300));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const slow = connect(port, "127.0.0.1");
  slow.on("error", () => {});
  slow.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n");
  const drip = setInterval(() => slow.write("x"), 20);
  await once(slow, "close");
  clearInterval(drip);

  // The body is here; how long the answer takes is the server's own affair.
  const answer = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "all of it" });
  expect(await answer.text()).toBe("done");
  server.closeAllConnections();
  server.close();
});
