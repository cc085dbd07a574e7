import { expect, it } from "vitest";
import type { Server } from "../contract";
import { noFilter, selectServers, tagsOf } from "./select-servers";

function server(name: string, more: Partial<Server> = {}): Server {
  return {
    id: name,
    name,
    slug: name,
    description: "",
    ownerId: "o",
    ownerName: "ada",
    type: "vanilla",
    version: "1.21.11",
    build: null,
    launchKind: "host",
    state: "stopped",
    desiredState: "stopped",
    stateSince: new Date(0),
    lastEnd: null,
    control: null,
    loss: null,
    trial: null,
    retryAt: null,
    memoryMb: 1024,
    port: 25565,
    javaMajor: null,
    requiredJava: 21,
    cpuLimit: null,
    jvmArgs: [],
    jvmPreset: "none",
    subdomain: null,
    autoStart: false,
    crashPolicy: { restart: true, maxTries: 3, windowMinutes: 10 },
    tags: [],
    eulaAccepted: true,
    live: { cpu: null, memoryBytes: null, playersOnline: null, playersMax: null, playerNames: [] },
    createdAt: new Date(0),
    updatedAt: new Date(0),
    ...more,
  };
}

const crash = {
  exit: { code: 1, signal: null, outOfMemory: false, at: "" },
  cause: "unknown" as const,
  params: {},
  evidence: [],
  isCrash: true,
  crashReport: null,
};
const live = (playersOnline: number) => ({ cpu: 0, memoryBytes: 0, playersOnline, playersMax: 20, playerNames: [] });
const names = (servers: Server[]) => servers.map(({ name }) => name);

const all = [
  server("world 10", { state: "running", live: live(3), tags: ["smp"] }),
  server("World 2", { type: "paper", tags: ["event", "smp"] }),
  server("creative", { lastEnd: crash, description: "plots for everyone" }),
];

it("sorts by name as a person would, by state and by players", () => {
  expect(names(selectServers(all, noFilter))).toEqual(["creative", "World 2", "world 10"]);
  expect(names(selectServers(all, { ...noFilter, sort: "state" }))).toEqual(["creative", "world 10", "World 2"]);
  expect(names(selectServers(all, { ...noFilter, sort: "players" }))[0]).toBe("world 10");
});

it("searches every word, in name, description, type, version and tags", () => {
  expect(names(selectServers(all, { ...noFilter, search: " PLOTS everyone" }))).toEqual(["creative"]);
  expect(names(selectServers(all, { ...noFilter, search: "paper 1.21" }))).toEqual(["World 2"]);
  expect(selectServers(all, { ...noFilter, search: "plots paper" })).toEqual([]);
});

it("tells crashed from stopped, and filters by tag", () => {
  expect(names(selectServers(all, { ...noFilter, states: ["crashed"] }))).toEqual(["creative"]);
  expect(names(selectServers(all, { ...noFilter, states: ["stopped"] }))).toEqual(["World 2"]);
  expect(names(selectServers(all, { ...noFilter, tags: ["event"] }))).toEqual(["World 2"]);
  expect(tagsOf(all)).toEqual(["event", "smp"]);
});
