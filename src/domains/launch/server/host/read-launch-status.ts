import { open } from "node:fs/promises";
import type { HostRef } from "../launch-strategy";

/** What a status file tells about the newest launch. Anything may be missing: the file is written line by line. */
export interface LaunchStatus {
  bootId: string | null;
  /** The launcher: a shell, leader of session and process group. */
  launcher: { pid: number; startTicks: string } | null;
  /** The server itself. */
  server: { pid: number; startTicks: string } | null;
  exitCode: number | null;
  /** When the file was last written, which is the moment of the exit line once there is one. */
  writtenAt: Date;
}

/** More than this is not read: the lines take about 120 bytes. */
const maxBytes = 4096;

/**
 * Reads a status file: `start BOOT_ID` from mcsd, `shim PID TICKS`, `pid PID TICKS` and `exit CODE` from the launcher.
 * The first line of each kind counts, so that nothing appended later can put another process in its place. Null
 * when there is no file.
 */
export async function readLaunchStatus(path: string): Promise<LaunchStatus | null> {
  const file = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (file === null) return null;
  try {
    const { mtime } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0);
    return { ...parseLaunchStatus(buffer.toString("latin1", 0, bytesRead)), writtenAt: mtime };
  } finally {
    await file.close();
  }
}

export function parseLaunchStatus(text: string): Omit<LaunchStatus, "writtenAt"> {
  const process = (kind: string) => {
    const match = new RegExp(`^${kind} (\\d{1,10}) (\\d{1,20})\n`, "m").exec(text);
    return match?.[1] && match[2] ? { pid: Number(match[1]), startTicks: match[2] } : null;
  };
  const code = /^exit (\d{1,3})\n/m.exec(text)?.[1];
  return {
    bootId: /^start ([0-9a-f-]{36})\n/m.exec(text)?.[1] ?? null,
    launcher: process("shim"),
    server: process("pid"),
    exitCode: code === undefined ? null : Number(code),
  };
}

/** The ref that a complete status file amounts to. */
export function toHostRef(serverId: string, status: LaunchStatus): HostRef | null {
  const { bootId, launcher, server } = status;
  if (bootId === null || launcher === null || server === null) return null;
  return { kind: "host", serverId, pid: server.pid, startTicks: server.startTicks, pgid: launcher.pid, bootId };
}
