import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Build {
  /** Folder with the Dockerfile and everything it copies. */
  context: string;
  /** Its name when it is not Dockerfile. */
  file?: string;
  tag: string;
  args?: Record<string, string>;
  target?: string;
}

/** `docker build` by the engine's own builder, which every engine has. Rejects with the end of what it printed. */
export async function buildImage({ context, file = "Dockerfile", tag, args = {}, target }: Build): Promise<void> {
  const words = Object.entries(args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]);
  const stage = target === undefined ? [] : ["--target", target];
  const options = { env: { ...process.env, DOCKER_BUILDKIT: "0" }, maxBuffer: 1e8 };
  // The engine's default bridge may be gone: another engine on this machine can take it away.
  const fixed = ["--label", "mcsd.test=built", "--network", "host"];
  await promisify(execFile)(
    "docker",
    ["build", "--rm", "-f", join(context, file), ...fixed, "-t", tag, ...words, ...stage, context],
    options,
  ).catch((error: { stdout: string; stderr: string }) => {
    throw new Error(`docker build failed:\n${error.stdout.slice(-3_000)}\n${error.stderr.slice(-3_000)}`);
  });
}
