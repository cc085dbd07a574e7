import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import type Docker from "dockerode";
import { type Client, createClient } from "@/trpc/node-client";
import { freePort } from "../stand-in/free-port";

export const administrator = { username: "admin", password: "correct horse 42" };

export interface McsdContainer {
  readonly container: Docker.Container;
  readonly url: string;
  /** Waits until it serves; resolves with the milliseconds since the start. */
  healthy(): Promise<number>;
  admin(): Promise<Client>;
  logs(): Promise<string>;
}

/** Of this process. Remove it at the end. */
export const network = `mcsd-test-${process.pid}`;

/** A container of mcsd's own image with an administrator, its port 3000 on a port of this machine. Nobody removes it but the test. */
export async function runMcsd(
  docker: Docker,
  options: {
    image: string;
    volume: string;
    env?: Record<string, string>;
    user?: string;
    /** Instead of the image's own. */
    command?: string[];
    workingDir?: string;
    host?: Docker.HostConfig;
  },
): Promise<McsdContainer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const networks = await docker.listNetworks({ filters: { name: [network] } });
  if (networks.length === 0) await docker.createNetwork({ Name: network, Labels: { "mcsd.test": "network" } });
  const env = { ADMIN_USERNAME: administrator.username, ADMIN_PASSWORD: administrator.password, ...options.env };
  const container = await docker.createContainer({
    Image: options.image,
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    Labels: { "mcsd.test": "container" },
    ...(options.user === undefined ? {} : { User: options.user }),
    ...(options.command === undefined ? {} : { Cmd: options.command, WorkingDir: options.workingDir }),
    HostConfig: {
      Binds: [`${options.volume}:/data`],
      NetworkMode: network,
      PortBindings: { "3000/tcp": [{ HostIp: "127.0.0.1", HostPort: String(port) }] },
      ...options.host,
    },
  });
  const began = Date.now();
  await container.start();
  const logs = async () => (await container.logs({ stdout: true, stderr: true })).toString();
  return {
    container,
    url,
    logs,
    healthy: async () => {
      await untilHealthy(url, 60_000).catch(async (error: Error) => {
        throw new Error(`${error.message}\n${await logs()}`);
      });
      return Date.now() - began;
    },
    admin: async () => {
      const { token } = await createClient({ url }).auth.issueToken.mutate(administrator);
      return createClient({ url, token });
    },
  };
}

export async function untilHealthy(url: string, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) }).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > end) throw new Error(`${url} is not healthy after ${limitMs} ms`);
    await delay(50);
  }
}

/** A shell's words in a container of an image that is gone afterwards; what it printed. */
export async function runInside(image: string, command: string, options: readonly string[] = []): Promise<string> {
  const words = ["run", "--rm", "--network", "none", ...options, "--entrypoint", "sh", image, "-c", command];
  return (await promisify(execFile)("docker", words)).stdout.trim();
}
