import { rm, stat } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { errorCode } from "./error-code";

/**
 * Listens on a socket that belongs to the folder, as a lock that ends with the process: an abstract socket named by
 * device and inode on Linux, a socket file in the folder elsewhere. Null when another process listens there.
 */
export async function holdLockSocket(folder: string): Promise<{ release(): Promise<void> } | null> {
  if (process.platform === "linux") {
    const { dev, ino } = await stat(folder);
    return listen(`\0mcsd-data-${dev}-${ino}`);
  }
  const path = join(folder, "mcsd.sock");
  const first = await listen(path);
  if (first !== null || (await answers(path))) return first;
  await rm(path, { force: true });
  return listen(path);
}

function listen(path: string): Promise<{ release(): Promise<void> } | null> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once("error", (error) => (errorCode(error) === "EADDRINUSE" ? resolve(null) : reject(error)));
    server.listen(path, () => {
      server.unref();
      resolve({ release: () => close(server) });
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
