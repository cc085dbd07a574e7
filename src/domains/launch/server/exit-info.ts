import { constants } from "node:os";
import type { ExitInfo } from "../contract";

/** A JVM that gets one of these runs its shutdown hooks and then exits with 128 + number by itself. */
const exitsByItself = new Set(["SIGHUP", "SIGINT", "SIGTERM"]);

const nameOf = new Map<number, string>(
  [
    "SIGHUP",
    "SIGINT",
    "SIGQUIT",
    "SIGILL",
    "SIGTRAP",
    "SIGABRT",
    "SIGBUS",
    "SIGFPE",
    "SIGKILL",
    "SIGSEGV",
    "SIGTERM",
  ].map((name) => [constants.signals[name as NodeJS.Signals], name]),
);

/**
 * Puts a shell's `$?` into words: 128 + n means signal n. For SIGTERM and its like code and signal are both given,
 * because a JVM turns them into that very exit code and a shell cannot tell the two apart.
 */
export function toExitInfo(exitCode: number, at: Date): ExitInfo {
  const signal = exitCode > 128 ? (nameOf.get(exitCode - 128) ?? null) : null;
  const code = signal !== null && !exitsByItself.has(signal) ? null : exitCode;
  return { code, signal, outOfMemory: false, at: at.toISOString() };
}

/** The end of a launch of which nobody wrote down a code. `signal` is SIGKILL when only that can have been the cause. */
export function unseenExit(signal: "SIGKILL" | null, at: Date): ExitInfo {
  return { code: null, signal, outOfMemory: false, at: at.toISOString() };
}
