import { AppError } from "@/server/errors";
import { checkJvmArgs } from "../../launch/jvm-args";

/** Throws JVM_ARGUMENT_REFUSED with the argument and the reason. */
export function checkJvmArguments(args: readonly string[]): void {
  const checked = checkJvmArgs(args);
  if (checked.ok) return;
  throw new AppError("JVM_ARGUMENT_REFUSED", `The JVM argument ${checked.argument} is refused: ${checked.reason}.`, {
    argument: checked.argument,
    reason: checked.reason,
    issues: [{ path: ["jvmArgs"], code: "refused", message: checked.reason }],
  });
}
