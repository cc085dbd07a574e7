import { expect, it } from "vitest";
import type { Server } from "../../contract";
import { changedSettings, settingsOf, settingsSchema } from "./settings-schema";

const server = {
  name: "Lobby",
  description: "",
  tags: ["smp"],
  memoryMb: 2048,
  port: 25565,
  launchKind: "host",
  cpuLimit: 1.5,
  javaMajor: null,
  jvmPreset: "none",
  jvmArgs: ["-XX:+UseG1GC"],
  autoStart: false,
  crashPolicy: { restart: true, maxTries: 3, windowMinutes: 10 },
  subdomain: null,
} as unknown as Server;

it("comes back unchanged when nothing was typed", () => {
  expect(changedSettings(settingsSchema.parse(settingsOf(server)), server)).toEqual({});
});

it("reads JVM arguments line by line and an empty subdomain as none", () => {
  const settings = settingsSchema.parse({
    ...settingsOf(server),
    jvmArgs: " -Xss1M \n\n-XX:+UseZGC\r\n",
    subdomain: "  ",
  });
  expect(settings.jvmArgs).toEqual(["-Xss1M", "-XX:+UseZGC"]);
  expect(settings.subdomain).toBeNull();
  expect(changedSettings(settings, server)).toEqual({ jvmArgs: ["-Xss1M", "-XX:+UseZGC"] });
});

it("reads a limit of cores with a comma too, and an empty one as none", () => {
  const limitOf = (cpuLimit: string) => settingsSchema.parse({ ...settingsOf(server), cpuLimit }).cpuLimit;
  expect(["2", " 0,5 ", ""].map(limitOf)).toEqual([2, 0.5, null]);
});

it("says what is not allowed, at its field", () => {
  const parsed = settingsSchema.safeParse({ ...settingsOf(server), subdomain: "No Spaces", port: 80 });
  expect(parsed.error?.issues.map((issue) => issue.path[0]).sort()).toEqual(["port", "subdomain"]);
});
