import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type ParsedJavaVersion, parseJavaVersion } from "./parse-java-version";

const run = promisify(execFile);

/** Enough for a wrapper script to find its interpreter; nothing of ours. */
const env = { PATH: "/usr/local/bin:/usr/bin:/bin", NODE_ENV: "production" } as const;

/** Runs `java -version` in a bare environment, for five seconds at most; null when the program is not a Java. */
export async function askJava(path: string, signal?: AbortSignal): Promise<ParsedJavaVersion | null> {
  try {
    const options = { timeout: 5000, killSignal: "SIGKILL", maxBuffer: 65_536, env, cwd: "/", signal } as const;
    const { stderr, stdout } = await run(path, ["-version"], options);
    return parseJavaVersion(stderr) ?? parseJavaVersion(stdout);
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}
