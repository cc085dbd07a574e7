import type Docker from "dockerode";
import { expect } from "vitest";
import { installationLabel, serverLabel } from "@/domains/launch/server/docker/labels";
import type { Server } from "@/domains/servers/contract";
import type { Client } from "@/trpc/node-client";
import { untilState } from "../program-servers";
import { until } from "../program-until";
import type { DockerProgram } from "./docker-program";

/** How long the truth may take to show. */
const truthMs = 15_000;
export const slowly = { timeout: 120_000 };
/** Written in about two seconds. */
export const floodLines = 900;
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

export type Contained = ReturnType<typeof watchContained>;

/** What tests of servers in containers ask again and again. */
export function watchContained(program: DockerProgram, admin: Client) {
  const get = (serverId: string) => admin.servers.get.query({ serverId });
  const liveOf = async (serverId: string) =>
    (await program.containersOf(serverId)).filter(({ State }) => State !== "exited" && State !== "created");
  return {
    program,
    admin,
    get,
    liveOf,
    /** Resolves with the server once it is so; that it is so in time is what is tested. */
    untilSo: (serverId: string, is: Partial<Server>, what: string, ms = truthMs) =>
      until(
        async () => {
          const server = await get(serverId);
          return Object.entries(is).every(([key, value]) => server[key as keyof Server] === value) && server;
        },
        `${what}: ${JSON.stringify(is)}`,
        ms,
      ),
    /** Waits for a start by the crash policy. */
    again: (serverId: string) => untilState(admin, serverId, "running", 40_000),
    /** One container lives, and it is the one that mcsd talks to. */
    async isWhole(serverId: string) {
      expect(await liveOf(serverId)).toHaveLength(1);
      const { reply } = await admin.console.command.mutate({ serverId, command: "reply 5" });
      expect(reply).toBe("01234");
    },
    flood: (serverId: string) =>
      admin.console.command.mutate({ serverId, command: `flood ${floodLines} ${floodLines / 2}` }),
    /** The engine has the flood's last line, whether or not mcsd is there. */
    flooded: (container: Docker.Container, lines = floodLines) =>
      until(
        async () => String(await container.logs({ stdout: true, tail: 5 })).includes(`line ${lines} of`),
        "the flood is over",
      ),
    untilLogged: (serverId: string, last: number) =>
      until(async () => {
        const { lines } = await admin.console.logs.query({ serverId, lines: 20 });
        return lines.some(({ text }) => text.includes(`Flood line ${last} of ${last}`));
      }, "the log's last line is there"),
    /** Numbers of a flood's lines in the console's newest thousand. */
    async floodNumbers(serverId: string) {
      const { lines } = await admin.console.logs.query({ serverId, lines: 1000 });
      return lines.map(({ text }) => Number(/Flood line (\d+) of/.exec(text)?.[1] ?? 0)).filter((number) => number > 0);
    },
    /** A policy that leaves a crashed server alone. */
    letLie: (serverId: string) =>
      admin.servers.update.mutate({ serverId, crashPolicy: { restart: false, maxTries: 1, windowMinutes: 1 } }),
  };
}

/** A running container that is like one of this server in all but the installation. */
export async function addStranger({ docker, image }: DockerProgram, serverId: string) {
  const container = await docker.createContainer({
    name: `mcsd-00000000-${serverId}`,
    Image: `${image}:java17`,
    Entrypoint: ["sleep", "600"],
    Labels: { [serverLabel]: serverId, [installationLabel]: "0".repeat(32) },
  });
  await container.start();
  const { StartedAt } = (await container.inspect()).State;
  return {
    isUntouched: async () => expect((await container.inspect()).State).toMatchObject({ Running: true, StartedAt }),
    remove: () => container.remove({ force: true, v: true }),
  };
}
