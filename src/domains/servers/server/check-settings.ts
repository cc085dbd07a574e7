import { AppError } from "@/server/errors";
import type { JvmPreset } from "../../launch/contract";
import { checkJvmArgs } from "../../launch/jvm-args";
import { findCollectorConflict, presetNeedsJava } from "../../launch/jvm-presets";
import { type JvmRefusal, jvmRefusals } from "../../launch/jvm-refusals";

/** Throws JVM_ARGUMENT_REFUSED with the argument and the reason; a preset leaves no room for another collector. */
export function checkJvmArguments(args: readonly string[], preset: JvmPreset): void {
  const checked = checkJvmArgs(args);
  if (!checked.ok) throw refused(checked.argument, checked.rule);
  const conflict = findCollectorConflict(preset, args);
  if (conflict !== null) throw refused(conflict, "collector");
}

/** Throws VALIDATION_FAILED for a preset that the Java which will run the server does not have. */
export function checkJvmPreset(preset: JvmPreset, javaMajor: number): void {
  const needed = presetNeedsJava[preset];
  if (javaMajor >= needed) return;
  throw new AppError(
    "VALIDATION_FAILED",
    `The preset ${preset} needs Java ${needed} or newer, and this is Java ${javaMajor}.`,
    {
      issues: [{ path: ["jvmPreset"], code: "preset_needs_java", message: "preset_needs_java" }],
      needed,
      given: javaMajor,
    },
  );
}

function refused(argument: string, rule: JvmRefusal): AppError {
  const reason = jvmRefusals[rule];
  return new AppError("JVM_ARGUMENT_REFUSED", `The JVM argument ${argument} is refused: ${reason}`, {
    argument,
    rule,
    reason,
    issues: [{ path: ["jvmArgs"], code: "refused", message: reason }],
  });
}
