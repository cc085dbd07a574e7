import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { AppError } from "@/server/errors";
import { toConsoleBytes } from "../console-bytes";

/**
 * Writes one line into a server's input FIFO. Never waits: nobody reading is NOT_RUNNING, a full pipe (a server that has
 * stopped reading) is STATE_CONFLICT. Refuses control characters, of which a newline would be a second command.
 */
export async function writeConsole(path: string, line: string): Promise<void> {
  const bytes = toConsoleBytes(line);
  try {
    const fifo = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    try {
      await fifo.write(bytes);
    } finally {
      await fifo.close();
    }
  } catch (error) {
    throw toWriteError(error as NodeJS.ErrnoException);
  }
}

function toWriteError(error: NodeJS.ErrnoException): Error {
  if (error.code === "ENXIO" || error.code === "ENOENT" || error.code === "EPIPE") {
    return new AppError("NOT_RUNNING", "The server is not running: nobody reads its console.", {}, { cause: error });
  }
  if (error.code === "EAGAIN") {
    return new AppError("STATE_CONFLICT", "The server has stopped reading its console.", {}, { cause: error });
  }
  return error;
}
