import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { expect, it } from "vitest";
import { createDockerEngine } from "./docker-engine";

it("does not write out what hangs on a request, call by call", async () => {
  const server = createServer((_request, response) => response.end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const engine = createDockerEngine({
    host: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certPath: null,
    tlsVerify: false,
    sshAgent: null,
  });
  const { signal } = new AbortController();
  let written = 0;
  Object.defineProperty(signal, inspect.custom, { value: () => `${++written}` });
  const watching = engine.watchEvents([], { signal, onOpen: () => {}, onEvent: () => {} });
  await expect(watching).rejects.toThrow("ended its stream");
  server.close();
  expect(written).toBe(0);
});
