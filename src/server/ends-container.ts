import { readFile } from "node:fs/promises";

/** Programs whose only task is to be process 1 of a container and to end with their child. */
const containerInits = /^(?:tini|docker-init|catatonit|dumb-init|podman-init)$/;

/**
 * True where a container ends with this process: it is process 1, or the child of a container's init. Everything else in there,
 * servers included, is killed by the kernel then.
 */
export async function endsContainer(
  self: { pid: number; parent: number } = { pid: process.pid, parent: process.ppid },
  readName = () => readFile("/proc/1/comm", "utf8"),
): Promise<boolean> {
  if (self.pid === 1) return true;
  if (self.parent !== 1) return false;
  return containerInits.test((await readName().catch(() => "")).trim());
}
