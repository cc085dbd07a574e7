import { expect, it } from "vitest";
import { explainExit } from "./explain-exit";

const info = (message: string) => `[12:00:00] [Server thread/INFO]: ${message}`;
const warn = (message: string) => `[12:00:00] [Server thread/WARN]: ${message}`;
const error = (message: string) => `[12:00:00] [Server thread/ERROR]: ${message}`;
const exit = { code: 1, signal: null, outOfMemory: false, at: "2026-11-22T12:00:00.000Z" };

const signs: [string, string[], string, Record<string, unknown>][] = [
  ["EULA missing", ["[12:00:00] [main/WARN]: Failed to load eula.txt"], "eula", {}],
  [
    "EULA refused",
    [info("You need to agree to the EULA in order to run the server. Go to eula.txt for more info.")],
    "eula",
    {},
  ],
  ["bind", [warn("**** FAILED TO BIND TO PORT!")], "port_taken", {}],
  [
    "bind of vanilla",
    [
      info("Starting Minecraft server on *:25565"),
      warn("**** FAILED TO BIND TO PORT!"),
      warn("The exception was: java.net.BindException: Address already in use"),
      warn("Perhaps a server is already running on that port?"),
      error("Encountered an unexpected exception"),
    ],
    "port_taken",
    { port: 25565 },
  ],
  [
    "bind with epoll",
    [
      warn(
        "The exception was: io.netty.channel.unix.Errors$NativeIoException: bind(..) failed: Address already in use",
      ),
    ],
    "port_taken",
    {},
  ],
  [
    "locked world",
    [
      "net.minecraft.util.DirectoryLock$LockException: /data/world/session.lock: already locked (possibly by other Minecraft instance?)",
    ],
    "world_locked",
    {},
  ],
  [
    "locked world, obfuscated",
    ["Caused by: axl$b: /data/world/session.lock: already locked (possibly by other Minecraft instance?)"],
    "world_locked",
    {},
  ],
  [
    "older Java",
    [
      "Error: LinkageError occurred while loading main class net.minecraft.bundler.Main",
      "\tjava.lang.UnsupportedClassVersionError: net/minecraft/bundler/Main has been compiled by a more recent version of the Java Runtime (class file version 69.0), this version of the Java Runtime only recognizes class file versions up to 61.0",
    ],
    "wrong_java",
    { needed: 25, have: 17 },
  ],
  [
    "old Forge on new Java",
    [
      'Exception in thread "main" java.lang.ClassCastException: class jdk.internal.loader.ClassLoaders$AppClassLoader cannot be cast to class java.net.URLClassLoader',
    ],
    "wrong_java",
    { needed: 8 },
  ],
  ...["Java heap space", "GC overhead limit exceeded", "Metaspace", "unable to create native thread"].map(
    (kind): [string, string[], string, Record<string, unknown>] => [
      `heap: ${kind}`,
      [`java.lang.OutOfMemoryError: ${kind}`],
      "out_of_memory_heap",
      { kind },
    ],
  ),
  [
    "heap, at once",
    ["Terminating due to java.lang.OutOfMemoryError: Java heap space"],
    "out_of_memory_heap",
    { kind: "Java heap space" },
  ],
  [
    "no memory for the JVM",
    ["#", "# There is insufficient memory for the Java Runtime Environment to continue."],
    "not_enough_memory",
    {},
  ],
  ["no room for the heap", ["Could not reserve enough space for 2097152KB object heap"], "not_enough_memory", {}],
  [
    "heap sizes the wrong way round",
    ["Initial heap size set to a larger value than the maximum heap size"],
    "bad_jvm_option",
    { option: "-Xms" },
  ],
  ["heap size not a number", ["Invalid maximum heap size: -Xmx9x"], "bad_jvm_option", { option: "-Xmx9x" }],
  ["unknown option", ["Unrecognized VM option 'ZGenerational'"], "bad_jvm_option", { option: "ZGenerational" }],
  [
    "experimental option",
    ["Error: VM option 'G1NewSizePercent' is experimental and must be enabled via -XX:+UnlockExperimentalVMOptions."],
    "bad_jvm_option",
    { option: "G1NewSizePercent" },
  ],
  [
    "unknown flag",
    ["Unrecognized option: -foo", "Error: Could not create the Java Virtual Machine."],
    "bad_jvm_option",
    { option: "-foo" },
  ],
  [
    "option with a bad value",
    ["Improperly specified VM option 'MaxGCPauseMillis=x'"],
    "bad_jvm_option",
    { option: "MaxGCPauseMillis=x" },
  ],
  [
    "tiny heap",
    ["Error occurred during initialization of VM", "Too small maximum heap"],
    "bad_jvm_option",
    { option: "-Xmx" },
  ],
  ["two collectors", ["Multiple garbage collectors selected"], "bad_jvm_option", {}],
  ["missing jar", ["Error: Unable to access jarfile server.jar"], "jar_missing", { file: "server.jar" }],
  ["corrupt jar", ["Error: Invalid or corrupt jarfile server.jar"], "jar_corrupt", { file: "server.jar" }],
  ["not a program", ["no main manifest attribute, in server.jar"], "jar_corrupt", { file: "server.jar" }],
  ["watchdog", [error("A single server tick took 60.00 seconds (should be max 0.05)")], "watchdog", { seconds: 60 }],
  ["watchdog's verdict", [error("Considering it to be crashed, server will forcibly shutdown.")], "watchdog", {}],
  ["Paper's watchdog", ["[12:00:00 ERROR]: The server has stopped responding!"], "watchdog", {}],
  [
    "Paper's early watchdog",
    ["[12:00:00 ERROR]: The server has not responded for 10 seconds! Creating thread dump"],
    "watchdog",
    { seconds: 10 },
  ],
  ["a crash", [error("Encountered an unexpected exception")], "crash_report", {}],
  [
    "a crash report",
    [error("This crash report has been saved to: /data/./crash-reports/crash-2022-07-05_23.44.28-server.txt")],
    "crash_report",
    { file: "crash-2022-07-05_23.44.28-server.txt" },
  ],
  [
    "a crash report of Forge",
    [error("Crash report saved to ./crash-reports/crash-2022-07-05_23.44.28-fml.txt")],
    "crash_report",
    { file: "crash-2022-07-05_23.44.28-fml.txt" },
  ],
  [
    "a world that cannot be read",
    [
      error(
        "Failed to load world data from world/level.dat and world/level.dat_old. World files may be corrupted. Shutting down.",
      ),
    ],
    "corrupt_world",
    {},
  ],
  [
    "a plugin",
    ["[12:00:00 ERROR]: Error occurred while enabling WorldGuard v7.0.9 (Is it up to date?)"],
    "plugin",
    { name: "WorldGuard" },
  ],
];

it.each(signs)("%s", (_name, lines, cause, params) => {
  const found = explainExit({ exit, lines, crashReport: null, phase: "starting", stopAsked: false });
  expect(found).toMatchObject({ cause, params });
  expect(found.evidence.length).toBeGreaterThan(0);
  for (const line of found.evidence) expect(lines).toContain(line);
});
