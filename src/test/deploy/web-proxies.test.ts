import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { projectRoot } from "../import-graph";
import { freePort } from "../stand-in/free-port";
import { itWith } from "./find-program";
import { startChild } from "./start-child";

let folder: string;
let behind: Server;
let openStream: ServerResponse | null = null;
let uploaded = 0;

/** What stands behind the proxies: a stream that says what the test says, uploads that are counted as they come. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mcsd-test-proxies-"));
  behind = createServer((incoming, response) => {
    if (incoming.url === "/stream") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      openStream = response;
      response.write(`data: ${JSON.stringify(incoming.headers)}\n\n`);
      return;
    }
    incoming.on("data", (chunk: Buffer) => (uploaded += chunk.length));
    incoming.on("end", () => response.end("whole"));
  });
  behind.listen(0, "127.0.0.1");
  await once(behind, "listening");
});
afterAll(async () => {
  behind.closeAllConnections();
  behind.close();
  await rm(folder, { recursive: true, force: true });
});

/** An event must arrive while the stream stays open, and an upload must arrive before it is whole. */
async function tryThrough(port: number): Promise<void> {
  const target = { host: "127.0.0.1", port, headers: { host: "mc.example.org" } };
  const asked = request({ ...target, path: "/stream" }).end();
  const [answer] = await once(asked, "response");
  const [first] = await once(answer, "data");
  const headers = JSON.parse(String(first).slice("data: ".length));
  expect(headers).toMatchObject({ host: "mc.example.org", "x-forwarded-for": "127.0.0.1" });
  openStream?.write("data: second\n\n");
  const [second] = await once(answer, "data", { signal: AbortSignal.timeout(2_000) });
  expect(String(second)).toBe("data: second\n\n");
  asked.destroy();

  uploaded = 0;
  const size = 12 * 1024 * 1024;
  const upload = request({
    ...target,
    path: "/upload",
    method: "PUT",
    headers: { ...target.headers, "content-length": size },
  });
  upload.write(Buffer.alloc(size / 2));
  await expect.poll(() => uploaded, { timeout: 5_000 }).toBe(size / 2);
  upload.end(Buffer.alloc(size / 2));
  const [done] = await once(upload, "response");
  expect(done.statusCode).toBe(200);
  expect(uploaded).toBe(size);
}

const read = (path: string) => readFile(join(projectRoot, path), "utf8");
const behindAddress = () => `127.0.0.1:${(behind.address() as AddressInfo).port}`;

describe("what proxies do with streams and uploads", () => {
  itWith("nginx", "nginx-light", "nginx.conf lets both through as they come", async (program) => {
    const port = await freePort();
    const site = (await read("deploy/nginx.conf"))
      .replace("127.0.0.1:3000", behindAddress())
      .replace("listen 443 ssl", `listen 127.0.0.1:${port}`)
      .replace(/^\s*ssl_certificate.*$/gm, "");
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const main = `daemon off; master_process off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${paths.join(" ")}\n${site} }`;
    await writeFile(join(folder, "nginx.conf"), main);
    const nginx = await startChild(program, ["-c", join(folder, "nginx.conf"), "-e", "stderr"], port);
    await tryThrough(port).finally(nginx.end);
  });

  itWith("nginx", "nginx-light", "nginx.conf is whole with a certificate", async (program) => {
    const run = promisify(execFile);
    const subject = ["-subj", "/CN=mc.example.org", "-nodes", "-days", "1", "-newkey", "rsa:2048"];
    await run("openssl", [
      "req",
      "-x509",
      ...subject,
      "-keyout",
      `${folder}/privkey.pem`,
      "-out",
      `${folder}/fullchain.pem`,
    ]);
    const site = (await read("deploy/nginx.conf"))
      .replaceAll("/etc/ssl/mcsd", folder)
      .replace("443", String(await freePort()));
    await writeFile(join(folder, "whole.conf"), `pid ${folder}/pid2; events {}\nhttp { access_log off; ${site} }`);
    const { stderr } = await run(program, ["-t", "-c", join(folder, "whole.conf"), "-e", "stderr"]);
    expect(stderr).toContain("test is successful");
    expect(stderr).not.toContain("[warn]");
  });

  itWith("caddy", "caddy", "the Caddyfile lets both through as they come", async (program) => {
    const port = await freePort();
    const site = (await read("deploy/Caddyfile"))
      .replace("127.0.0.1:3000", behindAddress())
      .replace(/^mc\.example\.org \{/m, `{\n\tadmin off\n}\nhttp://mc.example.org:${port} {`);
    const file = join(folder, "Caddyfile");
    await writeFile(file, site);
    const caddy = await startChild(program, ["run", "--adapter", "caddyfile", "--config", file], port);
    await tryThrough(port).finally(caddy.end);
  });
});
