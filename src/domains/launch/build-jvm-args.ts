import type { JvmPreset } from "./contract";
import { presetArgs, takesWholeHeap } from "./jvm-presets";

export interface JvmArgsInput {
  /** The server's folder, absolute: its user may have no home of its own. */
  folder: string;
  javaMajor: number;
  /** Largest heap. */
  memoryMb: number;
  /** Heap at the start; without it what is needed is taken as it is needed. */
  minMemoryMb?: number | null;
  /** Left out: none. */
  preset?: JvmPreset;
  /** Arguments that `checkJvmArgs` has let through. They come last, where they win. */
  extraArgs: readonly string[];
}

/** Heap to begin with, unless the server has a setting for it: enough for any server to start without growing at once. */
const firstHeapMb = 512;

/**
 * The JVM's own arguments for a server. Out of memory ends the JVM with exit code 3 (`-XX:+ExitOnOutOfMemoryError`, Java
 * 8u92 and later), because a server that goes on after it only seems to run; crash files go into the server's folder.
 */
export function buildJvmArgs(input: JvmArgsInput): string[] {
  const { firstMb, largestMb } = heapSize(input);
  return [`-Xms${firstMb}M`, `-Xmx${largestMb}M`, ...buildOtherJvmArgs(input)];
}

/** The heap's sizes in MB, for where they do not travel as arguments. */
export function heapSize({ memoryMb, minMemoryMb, preset }: Pick<JvmArgsInput, "memoryMb" | "minMemoryMb" | "preset">) {
  const wanted = preset && takesWholeHeap(preset) ? memoryMb : (minMemoryMb ?? firstHeapMb);
  return { firstMb: Math.min(wanted, memoryMb), largestMb: memoryMb };
}

/** All of them but the heap's. */
export function buildOtherJvmArgs(
  input: Pick<JvmArgsInput, "folder" | "javaMajor" | "memoryMb" | "preset" | "extraArgs">,
): string[] {
  const { folder, javaMajor, memoryMb, preset = "none", extraArgs } = input;
  return [
    ...(javaMajor >= 8 ? ["-XX:+ExitOnOutOfMemoryError"] : []),
    "-XX:ErrorFile=hs_err_pid%p.log",
    `-Duser.home=${folder}`,
    ...presetArgs(preset, { javaMajor, memoryMb }),
    ...extraArgs,
  ];
}
