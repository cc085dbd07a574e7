import { AppError } from "@/server/errors";

/** PIPE_BUF of Linux: a write of at most this many bytes goes into a pipe whole or not at all. */
const maxLineBytes = 4096;

/** One line of console input with its line end. COMMAND_INVALID for control characters, of which a newline would be a second command. */
export function toConsoleBytes(line: string): Buffer {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(line)) {
    throw new AppError("COMMAND_INVALID", "A console line cannot hold a newline or another control character.");
  }
  const bytes = Buffer.from(`${line}\n`);
  if (bytes.length > maxLineBytes) throw new AppError("COMMAND_INVALID", "The console line is too long.");
  return bytes;
}
