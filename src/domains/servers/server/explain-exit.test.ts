import { describe, expect, it } from "vitest";
import { explainExit } from "./explain-exit";

type Input = Parameters<typeof explainExit>[0];

const at = "2026-11-22T12:00:00.000Z";
const exited = (code: number | null, signal: string | null = null, outOfMemory = false) => ({
  code,
  signal,
  outOfMemory,
  at,
});
const explain = (lines: readonly string[], more: Partial<Input> = {}) =>
  explainExit({ exit: exited(1), lines, crashReport: null, phase: "starting", stopAsked: false, ...more });

const info = (message: string) => `[12:00:00] [Server thread/INFO]: ${message}`;
const warn = (message: string) => `[12:00:00] [Server thread/WARN]: ${message}`;
const error = (message: string) => `[12:00:00] [Server thread/ERROR]: ${message}`;

describe("clean ends", () => {
  it("asked for by us, whichever rung of the ladder did it", () => {
    for (const exit of [exited(0), exited(143), exited(null, "SIGTERM"), exited(null, "SIGKILL"), exited(137)]) {
      expect(explain([], { exit, stopAsked: true, phase: "stopping" }).cause).toBe("stopped_by_command");
    }
  });

  it("asked for in the game, by whom", () => {
    const running = { exit: exited(0), phase: "running" } as const;
    expect(explain([info("[Notch: Stopping the server]"), info("Stopping server")], running)).toMatchObject({
      cause: "stopped_from_outside",
      params: { by: "Notch" },
    });
    expect(explain([info("Stopping the server")], running)).toMatchObject({
      cause: "stopped_from_outside",
      params: {},
    });
    expect(explain([info("Stopping server")], running).cause).toBe("stopped_from_outside");
  });

  it("in spite of an older exception that the server survived", () => {
    const lines = ["java.lang.OutOfMemoryError: Java heap space", info("Stopping the server")];
    expect(explain(lines, { exit: exited(0), phase: "running" }).cause).toBe("stopped_from_outside");
    expect(explain(lines.slice(0, 1), { exit: exited(0), phase: "running" }).cause).toBe("stopped_from_outside");
  });

  it("but not in the middle of a start", () => {
    expect(explain([info("Loading properties")], { exit: exited(0) })).toEqual({
      cause: "unknown",
      params: { code: 0 },
      evidence: [info("Loading properties")],
    });
  });
});

describe("ends from outside", () => {
  it("with the engine, also after a graceful stop, but not where we had asked for it", () => {
    const exit = { ...exited(0), withEngine: true };
    const lines = [info("Stopping the server")];
    expect(explain(lines, { exit, phase: "running" }).cause).toBe("engine_ended");
    expect(explain(lines, { exit, phase: "stopping", stopAsked: true }).cause).toBe("stopped_by_command");
    expect(explain([], { exit: { ...exited(null, "SIGKILL", true), withEngine: true }, phase: "running" }).cause).toBe(
      "out_of_memory_host",
    );
  });

  it("names the signal, also where it hides in the code", () => {
    expect(explain([], { exit: exited(null, "SIGKILL"), phase: "running" })).toMatchObject({
      cause: "killed",
      params: { signal: "SIGKILL" },
    });
    expect(explain([], { exit: exited(143), phase: "running" })).toMatchObject({
      cause: "killed",
      params: { signal: "SIGTERM" },
    });
    expect(explain([], { exit: exited(134), phase: "running" })).toMatchObject({
      cause: "killed",
      params: { signal: "SIGABRT" },
    });
  });

  it("says out of memory only where that was seen", () => {
    expect(explain([], { exit: exited(null, "SIGKILL", true), phase: "running" }).cause).toBe("out_of_memory_host");
    expect(explain([], { exit: exited(137, null, true), phase: "running" }).cause).toBe("out_of_memory_host");
    expect(explain([], { exit: exited(3, null, true), phase: "running" }).cause).toBe("out_of_memory_heap");
  });

  it("is unknown where nobody saw the end and no line tells", () => {
    expect(explain([], { exit: exited(null), phase: "running" })).toEqual({
      cause: "unknown",
      params: {},
      evidence: [],
    });
    expect(explain([info("Stopping the server")], { exit: exited(null), phase: "running" }).cause).toBe(
      "stopped_from_outside",
    );
    expect(explain([error("Boom"), info("x")], { exit: exited(42) })).toEqual({
      cause: "unknown",
      params: { code: 42 },
      evidence: [error("Boom")],
    });
  });
});

describe("crash reports", () => {
  const report = (description: string, trace: string) =>
    `---- Minecraft Crash Report ----\n// Oops.\n\nTime: 2026-11-22 12:00:00\nDescription: ${description}\n\n${trace}\n\n\nA detailed walkthrough of the error\n\tat addon-9.jar//x.Y`;
  const crash = (crashReport: string) =>
    explain(
      [
        error("Encountered an unexpected exception"),
        error("This crash report has been saved to: /d/./crash-reports/c.txt"),
      ],
      {
        crashReport,
        phase: "running",
      },
    );

  it("gives the description, the exception and the file", () => {
    const trace =
      "java.lang.IllegalStateException: boom\n\tat net.minecraft.server.MinecraftServer.run(MinecraftServer.java:1)";
    expect(crash(report("Exception in server tick loop", trace))).toMatchObject({
      cause: "crash_report",
      params: { description: "Exception in server tick loop: java.lang.IllegalStateException: boom", file: "c.txt" },
    });
  });

  it("knows memory, the watchdog and plugins in it", () => {
    expect(crash(report("Ticking entity", "java.lang.OutOfMemoryError: Java heap space\n\tat x"))).toMatchObject({
      cause: "out_of_memory_heap",
      params: { kind: "Java heap space" },
    });
    expect(crash(report("Watching Server", "java.lang.Error: Watchdog\n\tat x")).cause).toBe("watchdog");
    expect(
      crash(
        report("Ticking", "java.lang.NullPointerException\n\tat dynmap-3.7-beta.jar//org.dynmap.Core.run(Core.java:1)"),
      ),
    ).toMatchObject({
      cause: "plugin",
      params: { name: "dynmap", description: "java.lang.NullPointerException" },
    });
  });

  it("does not hide a more exact sign, and bears nonsense", () => {
    const lines = [warn("**** FAILED TO BIND TO PORT!"), error("Encountered an unexpected exception")];
    expect(explain(lines, { crashReport: report("Exception in server tick loop", "x") }).cause).toBe("port_taken");
    expect(crash("")).toMatchObject({ cause: "crash_report" });
    expect(crash("Description: ").cause).toBe("crash_report");
  });
});

describe("what players write", () => {
  const lies = [
    "**** FAILED TO BIND TO PORT!",
    "You need to agree to the EULA in order to run the server. Go to eula.txt for more info.",
    "java.lang.OutOfMemoryError: Java heap space",
    "Error: Unable to access jarfile server.jar",
    "Considering it to be crashed, server will forcibly shutdown.",
    "x$y: session.lock: already locked",
    "Stopping the server",
  ];

  it.each(lies)("never makes a cause: %s", (lie) => {
    const lines = [
      `<Notch> ${lie}`,
      `[Not Secure] <Notch> ${lie}`,
      `* Notch ${lie}`,
      `[Server] ${lie}`,
      `[Rcon] ${lie}`,
    ].map(info);
    expect(explain(lines, { exit: exited(1), phase: "running" })).toMatchObject({
      cause: "unknown",
      params: { code: 1 },
    });
  });

  it.each(lies.slice(2, 4))("nor a line that only a JVM prints, behind a prefix: %s", (lie) => {
    expect(explain([info(lie)], { phase: "running" }).cause).toBe("unknown");
  });
});

it("a plugin's refused class is not the server's Java", () => {
  const refused =
    "Caused by: java.lang.UnsupportedClassVersionError: a/B has been compiled by a more recent version of the Java Runtime (class file version 65.0), this version of the Java Runtime only recognizes class file versions up to 61.0";
  expect(explain([info("Starting minecraft server version 1.20.4"), refused], { phase: "running" }).cause).toBe(
    "unknown",
  );
});

it("stays fast on hostile lines", () => {
  const lines = Array.from({ length: 200 }, (_, index) => (index % 2 ? "a.".repeat(16000) : error("A".repeat(32000))));
  const began = performance.now();
  explain(lines, { crashReport: `Description: ${"x\n ".repeat(100000)}` });
  expect(performance.now() - began).toBeLessThan(1000);
});
