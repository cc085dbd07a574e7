import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { AppError } from "@/server/errors";

/** PIPE_BUF of Linux: a write of at most this many bytes goes into a pipe whole or not at all. */
const maxLineBytes = 4096;

/**
 * Writes one line into a server's input FIFO. Never waits: nobody reading is NOT_RUNNING, a full pipe (a server that has
 * stopped reading) is STATE_CONFLICT. Refuses control characters, of which a newline would be a second command.
 */
export async function writeConsole(path: string, line: string): Promise<void> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(line)) {
    throw new AppError("COMMAND_INVALID", "A console line cannot hold a newline or another control character.");
  }
  const bytes = Buffer.from(`${line}\n`);
  if (bytes.length > maxLineBytes) throw new AppError("COMMAND_INVALID", "The console line is too long.");
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
