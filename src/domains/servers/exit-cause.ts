import { z } from "zod";

/** Why a server's process ended, or never began, in terms that a page has one sentence for. */
export const exitCauses = [
  "stopped_by_command",
  "stopped_from_outside",
  "engine_ended",
  "eula",
  "port_taken",
  "world_locked",
  "wrong_java",
  "java_not_found",
  "out_of_memory_heap",
  "out_of_memory_host",
  "jar_missing",
  "jar_corrupt",
  "bad_jvm_option",
  "not_enough_memory",
  "watchdog",
  "crash_report",
  "plugin",
  "corrupt_world",
  "killed",
  "start_timeout",
  "never_ran",
  "unknown",
] as const;
export const exitCauseSchema = z.enum(exitCauses);
export type ExitCause = z.infer<typeof exitCauseSchema>;

/** Which parameters a cause may carry: `port`, `needed`, `have`, `kind`, `file`, `option`, `seconds`, `description`, `name`, `by`, `signal`, `code`. */
export type ExitParams = Record<string, string | number>;
