import type { ExitCause, ExitParams } from "../exit-cause";

/** A line by which a cause shows itself. */
export interface FailureSign {
  cause: ExitCause;
  /** Tried on the message behind the prefix; anchored at its start, because players write the rest of some lines. */
  pattern: RegExp;
  /** `raw`: only on lines without a prefix, which is how the JVM and stack traces print and no player can. */
  where: "message" | "raw";
  /** Also seen on servers that live on: counts only when the process did not end cleanly. */
  isWeak?: true;
  /** Does not count when this is found on any line. */
  unless?: RegExp;
  params?(match: RegExpExecArray): ExitParams;
}

const javaOfClassVersion = (classVersion: string | undefined) => Number(classVersion) - 44;
const newerJava =
  /^(?:Caused by: |Exception in thread "main" )?java\.lang\.UnsupportedClassVersionError: .*\(class file version (\d+)\.\d+\), .* up to (\d+)\.\d+/;

/**
 * The strongest sign first: a failed bind, for example, also leaves a crash report. Texts: JVM messages as OpenJDK 17 and
 * 25 print them, the others as vanilla, Paper and Forge log them.
 */
export const failureSigns: readonly FailureSign[] = [
  {
    cause: "jar_missing",
    where: "raw",
    pattern: /^Error: Unable to access jarfile (.+)$/,
    params: ([, file = ""]) => ({ file }),
  },
  {
    cause: "jar_corrupt",
    where: "raw",
    pattern: /^Error: Invalid or corrupt jarfile (.+)$/,
    params: ([, file = ""]) => ({ file }),
  },
  {
    cause: "jar_corrupt",
    where: "raw",
    pattern: /^no main manifest attribute, in (.+)$/,
    params: ([, file = ""]) => ({ file }),
  },

  {
    cause: "bad_jvm_option",
    where: "raw",
    pattern:
      /^(?:Error: )?(?:Unrecognized VM option|Improperly specified VM option|Missing \+\/- setting for VM option|VM option) '([^']+)'/,
    params: ([, option = ""]) => ({ option }),
  },
  {
    cause: "bad_jvm_option",
    where: "raw",
    pattern: /^Unrecognized option: (.+)$/,
    params: ([, option = ""]) => ({ option }),
  },
  {
    cause: "bad_jvm_option",
    where: "raw",
    pattern: /^Invalid (?:maximum heap|initial heap|thread stack) size: (.+)$/,
    params: ([, option = ""]) => ({ option }),
  },
  {
    cause: "bad_jvm_option",
    where: "raw",
    pattern: /^Initial heap size set to a larger value than the maximum heap size/,
    params: () => ({ option: "-Xms" }),
  },
  { cause: "bad_jvm_option", where: "raw", pattern: /^Too small maximum heap/, params: () => ({ option: "-Xmx" }) },
  {
    cause: "bad_jvm_option",
    where: "raw",
    pattern: /^(?:Multiple garbage collectors selected|Conflicting collector combinations)/,
  },
  {
    cause: "not_enough_memory",
    where: "raw",
    pattern: /^(?:# )?There is insufficient memory for the Java Runtime Environment to continue\./,
  },
  { cause: "not_enough_memory", where: "raw", pattern: /^(?:Error: )?Could not reserve enough space for / },
  {
    cause: "bad_jvm_option",
    where: "raw",
    pattern: /^Error: (?:Could not create the Java Virtual Machine\.|could not open `)/,
  },

  {
    cause: "wrong_java",
    where: "raw",
    pattern: newerJava,
    unless: /^Starting minecraft server version /,
    params: ([, needed, have]) => ({ needed: javaOfClassVersion(needed), have: javaOfClassVersion(have) }),
  },
  {
    cause: "wrong_java",
    where: "raw",
    // Forge before 1.17 on Java 9 and newer.
    pattern:
      /^(?:Caused by: |Exception in thread ".*" )?java\.lang\.ClassCastException: class jdk\.internal\.loader\.ClassLoaders\$AppClassLoader cannot be cast to class java\.net\.URLClassLoader/,
    params: () => ({ needed: 8 }),
  },

  {
    cause: "eula",
    where: "message",
    pattern: /^You need to agree to the EULA in order to run the server\. Go to eula\.txt for more info\./,
  },
  { cause: "eula", where: "message", pattern: /^Failed to load eula\.txt$/ },
  {
    cause: "port_taken",
    where: "message",
    pattern:
      /^The exception was: (?:java\.net\.BindException|io\.netty\.channel\.unix\.Errors\$NativeIoException): .*Address already in use/,
  },
  {
    cause: "port_taken",
    where: "message",
    pattern: /^(?:\*{4} FAILED TO BIND TO PORT!|Perhaps a server is already running on that port\?)$/,
    unless: /^The exception was: /,
  },
  { cause: "world_locked", where: "raw", pattern: /^(?:Caused by: )?[\w.$]+: .*session\.lock: already locked/ },

  {
    cause: "out_of_memory_heap",
    where: "raw",
    pattern: /^Terminating due to java\.lang\.OutOfMemoryError: (.+)$/,
    params: ([, kind = ""]) => ({ kind }),
  },
  {
    cause: "watchdog",
    where: "message",
    pattern: /^A single server tick took (\d+[.,]\d+) seconds \(should be max /,
    params: ([, seconds = ""]) => ({ seconds: Number(seconds.replace(",", ".")) }),
  },
  {
    cause: "watchdog",
    where: "message",
    pattern: /^(?:Considering it to be crashed, server will forcibly shutdown\.|The server has stopped responding!)/,
  },
  {
    cause: "corrupt_world",
    where: "message",
    pattern:
      /^(?:Failed to load world data from .+ World files may be corrupted\. Shutting down\.|Exception reading .*level\.dat)/,
  },

  {
    cause: "out_of_memory_heap",
    where: "raw",
    isWeak: true,
    pattern: /^(?:Caused by: |Exception in thread ".*" )?java\.lang\.OutOfMemoryError: (.+)$/,
    params: ([, kind = ""]) => ({ kind }),
  },
  {
    cause: "crash_report",
    where: "message",
    pattern: /^(?:This crash report has been saved to:|Crash report saved to) (.+)$/,
    params: ([, path = ""]) => ({ file: path.slice(path.lastIndexOf("/") + 1) }),
  },
  { cause: "crash_report", where: "message", pattern: /^Encountered an unexpected exception/ },
  {
    cause: "watchdog",
    where: "message",
    isWeak: true,
    pattern: /^The server has not responded for (\d+) seconds! Creating thread dump/,
    params: ([, seconds]) => ({ seconds: Number(seconds) }),
  },
  {
    cause: "plugin",
    where: "message",
    isWeak: true,
    pattern: /^(?:\[[^\]]+\] )?Error occurred while enabling (\S+) v\S+ \(Is it up to date\?\)/,
    params: ([, name = ""]) => ({ name }),
  },
];
