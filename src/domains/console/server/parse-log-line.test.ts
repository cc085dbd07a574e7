import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isRconNoise, parseLogLine } from "./parse-log-line";

const e = "\u001b";

describe("every known prefix", () => {
  it.each([
    ["[12:34:56] [Server thread/INFO]: msg", "info", "12:34:56", "Server thread", "msg"],
    ["[12:34:56 INFO]: msg", "info", "12:34:56", null, "msg"],
    ["[12:34:56 WARN]: [Plugin] msg", "warn", "12:34:56", null, "[Plugin] msg"],
    ["[12:34:56] [Server thread/INFO] [minecraft/DedicatedServer]: msg", "info", "12:34:56", "Server thread", "msg"],
    [
      "[05Dec2022 05:20:55.183] [Server thread/ERROR] [net.minecraft.server.dedicated.DedicatedServer/]: msg",
      "error",
      "05:20:55",
      "Server thread",
      "msg",
    ],
    ["[299月2026 05:20:55.183] [main/DEBUG] [cpw.mods.modlauncher/]: msg", "debug", "05:20:55", "main", "msg"],
    ["[12:34:56] [Server thread/INFO] (Minecraft) msg", "info", "12:34:56", "Server thread", "msg"],
    ["2019-02-08 23:33:23 [INFO] msg", "info", "23:33:23", null, "msg"],
    ["2019-02-08 23:33:23 [SEVERE] msg", "error", "23:33:23", null, "msg"],
    ["[12:34:56] [Region Scheduler Thread #0/INFO]: msg", "info", "12:34:56", "Region Scheduler Thread #0", "msg"],
    ["[00:16:35 INFO] [foo]: bar", "info", "00:16:35", null, "bar"],
    ["00:00:00 [INFO] msg", "info", "00:00:00", null, "msg"],
    ["00:00:00 [WARNING] msg", "warn", "00:00:00", null, "msg"],
    [
      "[12:34:56] [Async Chat Thread - #1/INFO]: <Notch> hi",
      "info",
      "12:34:56",
      "Async Chat Thread - #1",
      "<Notch> hi",
    ],
    ["[12:34:56] [main/FATAL]: msg", "fatal", "12:34:56", "main", "msg"],
    ["[12:34:56] [Server thread/INFO]:", "info", "12:34:56", "Server thread", ""],
  ])("%s", (line, level, timeOfDay, thread, message) => {
    expect(parseLogLine(line)).toEqual({ level, timeOfDay, thread, message });
  });
});

it("looks through colours, prompts and carriage returns", () => {
  const plain = parseLogLine("[12:34:56 INFO]: [Essentials] hello");
  expect(parseLogLine(`${e}[33;1m[12:34:56 INFO]: ${e}[m[Essentials] hello${e}[0m\r`)).toEqual(plain);
  expect(parseLogLine(`>....\r[12:34:56 INFO]: x`).timeOfDay).toBe(null);
  expect(parseLogLine(`> \r${e}[K[12:34:56 INFO]: [Essentials] hello`)).toEqual(plain);
});

it("leaves what has no prefix whole", () => {
  expect(parseLogLine("  > a quote")).toEqual({ level: "info", timeOfDay: null, thread: null, message: "  > a quote" });
  expect(parseLogLine("\tat net.minecraft.Foo.bar(Foo.java:1)").level).toBe("error");
  expect(parseLogLine("java.lang.OutOfMemoryError: Java heap space").level).toBe("error");
  expect(parseLogLine("").message).toBe("");
});

it("is not confused by what a player writes", () => {
  const line = "[12:34:56] [Server thread/INFO]: <Notch> [00:00:00] [Server thread/ERROR]: Stopping the server";
  expect(parseLogLine(line)).toMatchObject({ level: "info", timeOfDay: "12:34:56", message: line.slice(33) });
  expect(parseLogLine("[12:34:56 INFO]: <N> a\u2028b").message).toBe("<N> a\u2028b");
});

it("knows the lines that our own connections cause", () => {
  expect(isRconNoise("Thread RCON Client /127.0.0.1 started")).toBe(true);
  expect(isRconNoise("Thread RCON Client /0:0:0:0:0:0:0:1 shutting down")).toBe(true);
  expect(isRconNoise("Thread RCON Listener started")).toBe(false);
  expect(isRconNoise("<Notch> Thread RCON Client /127.0.0.1 started")).toBe(false);
});

it("takes any text apart without losing its end", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const message = parseLogLine(`[12:34:56] [Server thread/INFO]: ${text}`).message;
      if (!text.includes("\u001b") && !text.endsWith("\r")) expect(message).toBe(text);
      parseLogLine(text);
    }),
  );
});

it.each([
  ["brackets", "[".repeat(32768)],
  ["slashes in a bracket", `[12:34:56] [${"/a".repeat(16000)}`],
  ["one long word in a bracket", `[12:34:56] [a/${"a".repeat(32000)}`],
  ["a long first word", `[${"x".repeat(32000)}`],
  ["spaces", " ".repeat(32768)],
  ["prompts", ">\r".repeat(16384)],
  ["ANSI without an end", `${e}[${"0;".repeat(16000)}${" ".repeat(100)}`],
  ["many beginnings of ANSI", `${e}[0`.repeat(10000)],
  ["class names", "a.".repeat(16000)],
  ["almost exceptions", "Exceptio".repeat(4000)],
  ["open parentheses", `[12:34:56] ${"(".repeat(32000)}`],
])("takes linear time on 32 KiB of %s", (_name, text) => {
  const began = performance.now();
  for (let round = 0; round < 50; round++) parseLogLine(text);
  // Linear is under 1 ms a line; quadratic would be a second.
  expect((performance.now() - began) / 50).toBeLessThan(20);
});
