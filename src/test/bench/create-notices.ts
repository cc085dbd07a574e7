import { execFile } from "node:child_process";
import { constants, openSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { Socket } from "node:net";
import { promisify } from "node:util";

/** A pipe with a name, into which programs write a line to be noticed at that moment. */
export interface Notices {
  readonly path: string;
  /** Resolves with the moment (`performance.now()`) at which the next line arrives. Call it before causing the line. */
  next(): Promise<number>;
  close(): void;
}

/** Every user may write into it. Arrivals are seen within about 0.1 ms. */
export async function createNotices(path: string): Promise<Notices> {
  await promisify(execFile)("mkfifo", [path]);
  await chmod(path, 0o622);
  // Opened for writing too, the pipe never comes to its end.
  const pipe = new Socket({
    fd: openSync(path, constants.O_RDWR | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });
  return {
    path,
    next: () => new Promise((resolve) => pipe.once("data", () => resolve(performance.now()))),
    close: () => void pipe.destroy(),
  };
}
