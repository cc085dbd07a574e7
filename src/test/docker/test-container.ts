import { once } from "node:events";
import { PassThrough } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type Docker from "dockerode";

export interface ContainerOptions {
  image: string;
  env?: Record<string, string>;
  user?: string;
  cmd?: string[];
  /** `/on/the/host:/inside` as `docker run -v` takes it. */
  binds?: string[];
  /** False: standard input is closed, as without `docker run -i`. */
  hasInput?: boolean;
  host?: Docker.HostConfig;
}

export interface TestContainer {
  readonly container: Docker.Container;
  /** Everything that it has printed so far. */
  output(): string;
  /** Resolves when the output holds the text; rejects with the output when it ends before, or after 20 s. */
  printed(text: string): Promise<void>;
  type(line: string): void;
  exec(...command: string[]): Promise<{ code: number; output: string }>;
  exited(): Promise<number>;
}

const made = new Set<Docker.Container>();

/** Creates and starts a container that `removeContainers` takes away again. */
export async function startContainer(docker: Docker, options: ContainerOptions): Promise<TestContainer> {
  const { hasInput = true } = options;
  const container = await docker.createContainer({
    Image: options.image,
    Env: Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${value}`),
    Labels: { "mcsd.test": "container" },
    OpenStdin: hasInput,
    // Loopback is enough, and the engine's default bridge may be gone: another engine on this machine can take it away.
    HostConfig: { NetworkMode: "none", ...options.host, Binds: options.binds },
    ...(options.user === undefined ? {} : { User: options.user }),
    ...(options.cmd === undefined ? {} : { Cmd: options.cmd }),
  });
  made.add(container);
  const stream = await container.attach({ stream: true, stdin: hasInput, stdout: true, stderr: true, hijack: true });
  const out = new PassThrough();
  docker.modem.demuxStream(stream, out, out);
  let seen = "";
  let isOver = false;
  out.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
  });
  const over = once(stream, "end").then(() => {
    isOver = true;
  });
  await container.start();
  return {
    container,
    output: () => seen,
    async printed(text) {
      const end = Date.now() + 20_000;
      while (!seen.includes(text)) {
        if (isOver) throw new Error(`The output ended without "${text}":\n${seen}`);
        if (Date.now() > end) throw new Error(`No "${text}" within 20 s:\n${seen}`);
        await delay(10);
      }
    },
    type: (line) => void stream.write(`${line}\n`),
    exec: (...command) => execInside(docker, container, command),
    async exited() {
      const { StatusCode } = await container.wait();
      await over;
      return StatusCode;
    },
  };
}

/** Ends and removes every container of `startContainer`, with its anonymous volumes. */
export async function removeContainers(): Promise<void> {
  await Promise.all([...made].map((container) => container.remove({ force: true, v: true }).catch(() => {})));
  made.clear();
}

/** Runs a command in a running container, as its own user. */
export async function execInside(docker: Docker, container: Docker.Container, command: string[]) {
  const exec = await container.exec({ Cmd: command, AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true });
  const out = new PassThrough();
  docker.modem.demuxStream(stream, out, out);
  let output = "";
  out.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(stream, "end");
  const { ExitCode } = await exec.inspect();
  return { code: ExitCode ?? -1, output: output.trimEnd() };
}
