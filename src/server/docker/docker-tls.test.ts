import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type Server } from "node:tls";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithEngine } from "@/test/docker/engine";
import { createDockerEngine } from "./docker-engine";

const socket = (process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock").replace("unix://", "");

/** An authority with a server's and a client's certificate, as Docker's own guide makes them. */
async function certify(folder: string, name: string): Promise<void> {
  const openssl = (...words: string[]) => promisify(execFile)("openssl", words, { cwd: folder });
  await mkdir(folder);
  await writeFile(
    join(folder, "server.ext"),
    `subjectAltName = DNS:${name},IP:127.0.0.1\nextendedKeyUsage = serverAuth\n`,
  );
  await writeFile(join(folder, "client.ext"), "extendedKeyUsage = clientAuth\n");
  const newKey = ["-newkey", "rsa:2048", "-nodes", "-days", "2"];
  await openssl("req", "-x509", ...newKey, "-keyout", "ca-key.pem", "-out", "ca.pem", "-subj", `/CN=${name} authority`);
  for (const role of ["server", "client"]) {
    const files = ["-keyout", `${role}-key.pem`, "-out", `${role}.csr`];
    await openssl("req", "-newkey", "rsa:2048", "-nodes", ...files, "-subj", `/CN=${role}`);
    const signed = ["-req", "-in", `${role}.csr`, "-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial"];
    await openssl("x509", ...signed, "-days", "2", "-out", `${role}-cert.pem`, "-extfile", `${role}.ext`);
  }
  // The names by which the docker program knows a client's.
  await copyFile(join(folder, "client-cert.pem"), join(folder, "cert.pem"));
  await copyFile(join(folder, "client-key.pem"), join(folder, "key.pem"));
}

await describeWithEngine("an engine behind TLS", () => {
  let root: string;
  let server: Server;
  let host: string;
  const ownFolder = () => join(root, "own");

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "mcsd-test-tls-"));
    await Promise.all([certify(ownFolder(), "localhost"), certify(join(root, "foreign"), "elsewhere")]);
    const read = (name: string) => readFile(join(ownFolder(), name));
    const [ca, cert, key] = await Promise.all([read("ca.pem"), read("server-cert.pem"), read("server-key.pem")]);
    server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true }, (peer) => {
      const engine = connect(socket);
      const cut = () => {
        peer.destroy();
        engine.destroy();
      };
      for (const end of [peer, engine]) end.on("error", cut);
      peer.pipe(engine).pipe(peer);
    });
    server.on("tlsClientError", () => undefined);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    host = `tcp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  });
  afterAll(async () => {
    server.close();
    await rm(root, { recursive: true });
  });

  const engineWith = (certPath: string | null) =>
    createDockerEngine({ host, certPath, tlsVerify: true, sshAgent: null });

  it("is reached with a certificate of its authority, for calls and streams", async () => {
    const engine = engineWith(ownFolder());
    expect(await engine.info()).toMatchObject({ version: expect.stringMatching(/^\d+\./) });
    expect(await engine.inspect("there-is-none")).toBeNull();
  });

  it.each([
    ["a certificate of another authority", () => join(root, "foreign")],
    ["none", () => null],
  ])("is not reached with %s", async (_what, certPath) => {
    await expect(engineWith(certPath()).info()).rejects.toMatchObject({ code: "UNREACHABLE" });
  });

  it("is not believed when its certificate is another authority's", async () => {
    const mixed = join(root, "mixed");
    await mkdir(mixed);
    for (const name of ["cert.pem", "key.pem"]) await copyFile(join(ownFolder(), name), join(mixed, name));
    await copyFile(join(root, "foreign", "ca.pem"), join(mixed, "ca.pem"));
    await expect(engineWith(mixed).info()).rejects.toMatchObject({ code: "UNREACHABLE" });
  });
});
