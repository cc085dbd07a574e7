import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, request } from "undici";
import { afterEach, expect, it } from "vitest";
import { createGuardedConnect, type GuardedConnectOptions } from "./guarded-connect";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function listen(server: Server): Promise<number> {
  server.listen(0, "0.0.0.0");
  await once(server, "listening");
  cleanups.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return (server.address() as AddressInfo).port;
}

const sayAddress: RequestListener = (incoming, reply) => reply.end(incoming.socket.localAddress);

function agentFor(options: Partial<GuardedConnectOptions>): Agent {
  const agent = new Agent({ connect: createGuardedConnect({ isTrusted: () => false, connectMs: 2000, ...options }) });
  cleanups.push(() => agent.destroy());
  return agent;
}

const onlySecond = (address: string) => address === "127.0.0.2";

it("connects to the address it checked, though the name now leads elsewhere", async () => {
  const port = await listen(createServer(sayAddress));
  const answers = ["127.0.0.2", "127.0.0.1", "127.0.0.1"];
  const asked: string[] = [];
  const resolve = async (hostname: string) => {
    asked.push(hostname);
    return [{ address: answers[asked.length - 1] ?? "127.0.0.1", family: 4 }];
  };
  const dispatcher = agentFor({ resolve, isAllowed: onlySecond });
  const reply = await request(`http://rebind.test:${port}/`, { dispatcher });
  expect(await reply.body.text()).toBe("127.0.0.2");
  expect(asked).toEqual(["rebind.test"]);
});

it("refuses a name when one of its addresses is private", async () => {
  const port = await listen(createServer(sayAddress));
  const resolve = async () => ["127.0.0.2", "127.0.0.1"].map((address) => ({ address, family: 4 }));
  const dispatcher = agentFor({ resolve, isAllowed: onlySecond });
  await expect(request(`http://mixed.test:${port}/`, { dispatcher })).rejects.toMatchObject({
    code: "DOWNLOAD_REFUSED",
  });
});

it("refuses a name without addresses", async () => {
  const dispatcher = agentFor({ resolve: async () => [] });
  await expect(request("http://empty.test/", { dispatcher })).rejects.toMatchObject({ code: "DOWNLOAD_REFUSED" });
});

it("checks the peer of the finished connection once more", async () => {
  let requests = 0;
  const port = await listen(createServer((_, reply) => reply.end(String(++requests))));
  let checks = 0;
  const dispatcher = agentFor({
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    isAllowed: () => ++checks === 1,
  });
  await expect(request(`http://peer.test:${port}/`, { dispatcher })).rejects.toMatchObject({
    code: "DOWNLOAD_REFUSED",
  });
  expect([checks, requests]).toEqual([2, 0]);
});

it("verifies the certificate against the name and not the address", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mcsd-tls-"));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  const store = ["-keystore", join(folder, "key.p12"), "-storepass", "secret", "-alias", "upstream"];
  const identity = ["-dname", "CN=upstream.test", "-ext", "SAN=dns:upstream.test", "-keyalg", "EC", "-validity", "2"];
  execFileSync("keytool", ["-genkeypair", ...store, ...identity, "-storetype", "PKCS12"], { stdio: "ignore" });
  const ca = execFileSync("keytool", ["-exportcert", "-rfc", ...store], {
    stdio: ["ignore", "pipe", "ignore"],
  }).toString();
  const pfx = readFileSync(join(folder, "key.p12"));
  const port = await listen(createTlsServer({ pfx, passphrase: "secret" }, sayAddress));

  const dispatcher = agentFor({
    ca,
    resolve: async () => [{ address: "127.0.0.2", family: 4 }],
    isAllowed: onlySecond,
  });
  const reply = await request(`https://upstream.test:${port}/`, { dispatcher });
  expect(await reply.body.text()).toBe("127.0.0.2");
  await expect(request(`https://other.test:${port}/`, { dispatcher })).rejects.toMatchObject({
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
  });
});
