import { randomBytes } from "node:crypto";
import type Docker from "dockerode";
import { installationLabel, serverLabel } from "@/domains/launch/server/docker/labels";
import type { Server } from "@/domains/servers/contract";
import { dataPaths } from "@/server/fs/data-paths";
import { readInstallationId } from "@/server/fs/installation-id";
import type { Client } from "@/trpc/node-client";
import { type Program, type ProgramOptions, startProgram } from "../program";
import { addServer, type ServerOptions } from "../program-servers";
import { findEngine } from "./find-engine";
import { buildMinecraftImage } from "./minecraft-image";

/** The whole program with servers in containers. Its image has a name of its own, which a test may take away. */
export interface DockerProgram extends Program {
  readonly docker: Docker;
  /** Without a tag. */
  readonly image: string;
  /** A stopped server of the kind dood. */
  addContained(client: Client, options?: ServerOptions): Promise<Server>;
  /** All containers that say they are this server. */
  containersOf(serverId: string): Promise<Docker.ContainerInfo[]>;
  /** The one container that says so. */
  containerOf(serverId: string): Promise<Docker.Container>;
}

/** Ids of what lives for a server, each with the moment it began. */
export async function findLiveRuns({ docker, containersOf }: DockerProgram, serverId: string): Promise<string[]> {
  const live = (await containersOf(serverId)).filter(({ State }) => State !== "exited" && State !== "created");
  return Promise.all(
    live.map(async ({ Id }) => {
      const { State } = await docker.getContainer(Id).inspect();
      return `${Id.slice(0, 12)} ${State.StartedAt}`;
    }),
  );
}

export interface DockerProgramOptions extends ProgramOptions {
  docker: Docker;
  /** Address of the engine, as DOCKER_HOST has it. */
  host?: string;
}

export const javaTags = ["java17", "java21"] as const;

/** Starts it. `end` removes its containers, networks and image names too. */
export async function startDockerProgram({
  docker,
  host = process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock",
  ...options
}: DockerProgramOptions): Promise<DockerProgram> {
  const image = `mcsd-test/of-a-program-${randomBytes(6).toString("hex")}`;
  const { name } = await buildMinecraftImage();
  await bringImage(docker, name);
  await giveNames(docker, name, image);
  const env = { DOCKER_HOST: host, MINECRAFT_IMAGE: image, ...options.env };
  const program = await startProgram({ ...options, env });
  const installationId = await readInstallationId(dataPaths(program.dataDir).installation);
  const containersOf = (serverId: string) => {
    const label = [`${serverLabel}=${serverId}`, `${installationLabel}=${installationId}`];
    return docker.listContainers({ all: true, filters: { label } });
  };
  return Object.assign(Object.create(program) as Program, {
    docker,
    image,
    addContained: (client: Client, more: ServerOptions = {}) =>
      addServer(program, client, { launchKind: "dood", memoryMb: 128, ...more }),
    containersOf,
    async containerOf(serverId: string) {
      const [one, ...others] = await containersOf(serverId);
      if (!one || others.length > 0) throw new Error(`There is not one container but ${others.length + (one ? 1 : 0)}`);
      return docker.getContainer(one.Id);
    },
    async end() {
      await program.stop().catch(() => undefined);
      await removeAllOf(docker, program.dataDir);
      for (const tag of javaTags) await removeName(docker, `${image}:${tag}`);
      await program.end();
    },
  });
}

async function giveNames(docker: Docker, from: string, repo: string): Promise<void> {
  for (const tag of javaTags) await docker.getImage(`${from}:${tag}`).tag({ repo, tag });
}

/** An engine of a test's own gets it from the one that built it. */
async function bringImage(docker: Docker, name: string): Promise<void> {
  const names = javaTags.map((tag) => `${name}:${tag}`);
  const [first = ""] = names;
  const isThere = await docker
    .getImage(first)
    .inspect()
    .catch(() => null);
  if (isThere) return;
  const builder = await findEngine();
  if (!builder) throw new Error("No Docker engine answers");
  const archive = await builder.getImage(first).get();
  const answer = await docker.loadImage(archive);
  for await (const _ of answer) {
    // Its end is what is waited for.
  }
  for (const more of names.slice(1)) await docker.getImage(first).tag({ repo: name, tag: more.split(":")[1] });
}

export async function removeName(docker: Docker, name: string): Promise<void> {
  const { statusCode } = await docker
    .getImage(name)
    .remove({ force: true })
    .then(
      () => ({ statusCode: 200 }),
      (error: { statusCode?: number }) => error,
    );
  if (statusCode !== 200 && statusCode !== 404) throw new Error(`${name} could not be removed: ${statusCode}`);
}

/** What runs on folders below the data folder, whatever its labels are, and the networks that it was in. */
async function removeAllOf(docker: Docker, dataDir: string): Promise<void> {
  const networks = new Set<string>();
  for (const { Id, Mounts, NetworkSettings } of await docker.listContainers({ all: true })) {
    if (!Mounts.some(({ Source }) => Source?.startsWith(`${dataDir}/`))) continue;
    for (const name of Object.keys(NetworkSettings.Networks)) if (name.startsWith("mcsd-")) networks.add(name);
    await docker
      .getContainer(Id)
      .remove({ force: true, v: true })
      .catch(() => undefined);
  }
  for (const name of networks) {
    await docker
      .getNetwork(name)
      .remove()
      .catch(() => undefined);
  }
}
