import { spawn } from "node:child_process";
import { childEnvironment, fixedPath } from "./child-environment";

/** Runs a small system program and gives its exit code; null when it is not installed. `fd3` becomes its descriptor 3. */
export function runTool(name: string, args: readonly string[], fd3?: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      stdio: ["ignore", "ignore", "ignore", fd3 ?? "ignore"],
      env: childEnvironment({ PATH: fixedPath }),
    });
    child.once("error", (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? resolve(null) : reject(error)));
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
