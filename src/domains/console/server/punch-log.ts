import { open, rename, rm, stat } from "node:fs/promises";
import { runTool } from "../../launch/server/run-tool";
import { readLogStart, writeLogStart } from "./log-file-start";

const megabyte = 1024 * 1024;
/** A hole can only begin and end where the file system's blocks do. */
const blockBytes = 4096;

export interface PunchLogOptions {
  path: string;
  /** True when nothing writes to the log and nothing will until this is done. */
  isStopped: boolean;
  /** The log is cut when more than this of it is there, 64 MiB unless told … */
  limitBytes?: number;
  /** … to this, 32 MiB (8 MiB where it has to be copied). */
  keepBytes?: number;
}

export interface PunchReport {
  /** Offset of the first byte that is left. */
  start: number;
  /** `waiting`: the file system cannot make holes, so it is done when the server has stopped. */
  method: "none" | "hole" | "copy" | "waiting";
}

/**
 * Bounds what a console log takes on disk. Its oldest part becomes a hole: offsets (and so line ids) stay what they were,
 * and a writer that appends notices nothing. File systems without holes get a sparse copy once the server has stopped.
 */
export async function punchLog(options: PunchLogOptions): Promise<PunchReport> {
  const { path, isStopped, limitBytes = 64 * megabyte } = options;
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  const oldStart = await readLogStart(path);
  if (size - oldStart <= limitBytes) return { start: oldStart, method: "none" };

  const start = await findNextLine(path, size - (options.keepBytes ?? 32 * megabyte), size);
  // The mark comes first: who finds it may miss lines that are still there, but never reads a hole as a line.
  await writeLogStart(path, start);
  if (await punchHole(path, oldStart, start)) return { start, method: "hole" };
  if (isStopped) return { start: await copyTail(path, options.keepBytes ?? 8 * megabyte), method: "copy" };
  await writeLogStart(path, oldStart);
  return { start: oldStart, method: "waiting" };
}

async function punchHole(path: string, from: number, to: number): Promise<boolean> {
  const offset = Math.floor(from / blockBytes) * blockBytes;
  const length = Math.floor(to / blockBytes) * blockBytes - offset;
  if (length <= 0) return true;
  const args = ["--punch-hole", "--offset", String(offset), "--length", String(length), path];
  return (await runTool("fallocate", args)) === 0;
}

/** Where the first line begins that begins at or after `from`; `from` itself when there is none. */
async function findNextLine(path: string, from: number, size: number): Promise<number> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(64 * 1024);
    for (let at = from - 1; at < size; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      const newline = buffer.subarray(0, bytesRead).indexOf(10);
      if (newline >= 0 && at + newline + 1 < size) return at + newline + 1;
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return from;
  } finally {
    await file.close();
  }
}

/** Replaces the log by a sparse file that holds only its end, at the same offsets. */
export async function copyTail(path: string, keepBytes: number): Promise<number> {
  const { size } = await stat(path);
  const start = await findNextLine(path, Math.max(1, size - keepBytes), size);
  const copyPath = `${path}.copy`;
  await rm(copyPath, { force: true });
  const [source, copy] = [await open(path, "r"), await open(copyPath, "wx", 0o600)];
  try {
    await copy.truncate(size);
    const buffer = Buffer.alloc(megabyte);
    for (let at = start; at < size; ) {
      const { bytesRead } = await source.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) break;
      await copy.write(buffer, 0, bytesRead, at);
      at += bytesRead;
    }
    await copy.sync();
  } finally {
    await Promise.all([source.close(), copy.close()]);
  }
  await writeLogStart(path, start);
  await rename(copyPath, path);
  return start;
}
