import type { JvmPreset } from "./contract";

interface PresetInput {
  javaMajor: number;
  /** Largest heap. */
  memoryMb: number;
}

/** The first Java that has what a preset is made of. */
export const presetNeedsJava: Readonly<Record<JvmPreset, number>> = { none: 0, aikar: 8, zgc: 17 };
/** Newer ones may have dropped a flag that is in here, and would not start for it. */
const newestKnownJava = 25;
/** From here on Aikar's flags give the young generation more. */
const largeHeapMb = 12 * 1024;
/** Below it the heap has too few regions of 8 MB for such small survivor spaces, and the JVM does not start. */
const survivorRatioFromMb = 256;
const collectorFlag = /^-XX:\+Use(?:G1|Z|Shenandoah|Parallel|ParallelOld|Serial|ConcMarkSweep|ParNew|Epsilon)GC$/;

/**
 * The flags of a preset that this Java understands; none for a Java that is too old for it. Sources: Aikar's flags (https://mcflags.emc.gs, as
 * PaperMC's Fill API gives them), OpenJDK's pages on ZGC: generations are a choice in 21 and 22, and the only way from 24 on.
 */
export function presetArgs(preset: JvmPreset, { javaMajor, memoryMb }: PresetInput): string[] {
  if (preset === "none" || javaMajor < presetNeedsJava[preset]) return [];
  const flags = preset === "aikar" ? aikarFlags(memoryMb) : zgcFlags(javaMajor);
  return javaMajor > newestKnownJava ? ["-XX:+IgnoreUnrecognizedVMOptions", ...flags] : flags;
}

/** The preset wants the whole heap from the beginning. */
export function takesWholeHeap(preset: JvmPreset): boolean {
  return preset === "aikar";
}

/** The first of these arguments that would choose another collector than the preset's. */
export function findCollectorConflict(preset: JvmPreset, args: readonly string[]): string | null {
  if (preset === "none") return null;
  return args.find((argument) => collectorFlag.test(argument)) ?? null;
}

function aikarFlags(memoryMb: number): string[] {
  const isLarge = memoryMb >= largeHeapMb;
  return [
    "-XX:+UseG1GC",
    "-XX:+ParallelRefProcEnabled",
    "-XX:MaxGCPauseMillis=200",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+DisableExplicitGC",
    "-XX:+AlwaysPreTouch",
    `-XX:G1NewSizePercent=${isLarge ? 40 : 30}`,
    `-XX:G1MaxNewSizePercent=${isLarge ? 50 : 40}`,
    `-XX:G1HeapRegionSize=${isLarge ? 16 : 8}M`,
    `-XX:G1ReservePercent=${isLarge ? 15 : 20}`,
    "-XX:G1HeapWastePercent=5",
    "-XX:G1MixedGCCountTarget=4",
    `-XX:InitiatingHeapOccupancyPercent=${isLarge ? 20 : 15}`,
    "-XX:G1MixedGCLiveThresholdPercent=90",
    "-XX:G1RSetUpdatingPauseTimePercent=5",
    ...(memoryMb >= survivorRatioFromMb ? ["-XX:SurvivorRatio=32"] : []),
    "-XX:+PerfDisableSharedMem",
    "-XX:MaxTenuringThreshold=1",
    "-Dusing.aikars.flags=https://mcflags.emc.gs",
    "-Daikars.new.flags=true",
  ];
}

function zgcFlags(javaMajor: number): string[] {
  const isChoice = javaMajor === 21 || javaMajor === 22;
  return [
    "-XX:+UseZGC",
    ...(isChoice ? ["-XX:+ZGenerational"] : []),
    "-XX:+DisableExplicitGC",
    "-XX:+PerfDisableSharedMem",
  ];
}
