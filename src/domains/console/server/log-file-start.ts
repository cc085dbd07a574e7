import { readFile } from "node:fs/promises";
import { writeFileDurable } from "@/server/fs/write-file-durable";

/**
 * The low-water mark of a console log: offset of the first byte that still holds a line. Kept beside it in `console.start`,
 * because a log that was cut still begins at byte 0, with a hole that reads as zeros.
 */
export async function readLogStart(logPath: string): Promise<number> {
  const text = await readFile(markPath(logPath), "latin1").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "0";
    throw error;
  });
  return /^\d{1,15}\n?$/.test(text) ? Number(text) : 0;
}

/** Sets the mark, durably and in one step. */
export async function writeLogStart(logPath: string, start: number): Promise<void> {
  await writeFileDurable(markPath(logPath), `${start}\n`, { mode: 0o600 });
}

function markPath(logPath: string): string {
  return `${logPath.replace(/\.log$/, "")}.start`;
}
