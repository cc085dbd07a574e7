import type { ExitCause, ExitParams } from "../exit-cause";

const maxChars = 300;

/** A stack frame in a plugin's jar, as Paper prints it: `at dynmap-3.7.jar//org.dynmap.Core.run(Core.java:1)`. */
const pluginFrame = /^\s+at ([\w.+ -]+)\.jar\/\//m;
const versionSuffix = /[-_ ]v?\d.*$/;

/**
 * Reads what a crash report says: `Description:` and the first line of the stack trace under it. Names the plugin whose
 * code threw, where one did.
 */
export function explainCrashReport(text: string): { cause: ExitCause; params: ExitParams } {
  const description = /^Description: (.+)$/m.exec(text)?.[1]?.trim().slice(0, maxChars) ?? "";
  const [, body = ""] = text.split(/^Description: .*$/m, 2);
  const [trace = ""] = body.trimStart().split(/\r?\n\s*\r?\n/, 1);
  const exception = (trace.split("\n", 1)[0] ?? "").trim().slice(0, maxChars);

  const outOfMemory = /^java\.lang\.OutOfMemoryError: (.+)$/.exec(exception);
  if (outOfMemory) return { cause: "out_of_memory_heap", params: { kind: outOfMemory[1] ?? "" } };
  if (description === "Watching Server") return { cause: "watchdog", params: {} };
  const jar = pluginFrame.exec(trace)?.[1];
  if (jar !== undefined)
    return { cause: "plugin", params: { name: jar.replace(versionSuffix, ""), description: exception } };
  return { cause: "crash_report", params: { description: [description, exception].filter(Boolean).join(": ") } };
}
