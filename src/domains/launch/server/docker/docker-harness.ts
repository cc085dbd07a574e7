import { randomBytes, randomUUID } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Docker from "dockerode";
import { pino } from "pino";
import { systemClock } from "@/server/clock";
import type { ContainerEngine } from "@/server/docker/container-engine";
import { createDockerEngine } from "@/server/docker/docker-engine";
import { buildMinecraftImage, buildMinecraftImageOn } from "@/test/docker/minecraft-image";
import { buildStandIn } from "@/test/stand-in/build-stand-in";
import { freePort } from "@/test/stand-in/free-port";
import type { LaunchHarness } from "../launch-contract";
import type { ContainerSpec, LaunchSpec } from "../launch-strategy";
import { createDockerStrategy } from "./create-docker-strategy";
import type { DockerStrategyOptions } from "./docker-parts";
import { findPlacement } from "./find-placement";
import { installationLabel, serverLabel } from "./labels";

export type DockerSpec = LaunchSpec & { container: ContainerSpec };

export interface DockerHarness extends LaunchHarness {
  readonly root: string;
  readonly runRoot: string;
  readonly installationId: string;
  readonly engine: ContainerEngine;
  /** The engine as it is, to do things behind mcsd's back. */
  readonly docker: Docker;
  open(more?: Partial<DockerStrategyOptions>): ReturnType<typeof createDockerStrategy>;
  newServer(behaviour?: { ignoresStop?: boolean; ignoresTerm?: boolean }): Promise<DockerSpec>;
  containersOf(spec: LaunchSpec): Promise<string[]>;
}

/** A strategy over an engine, with the stand-in server in the local image. Removes all containers and networks of its installation. */
export async function createDockerHarness(
  options: {
    kind?: "dood" | "dind";
    host?: string;
    make?: (options: DockerStrategyOptions) => ReturnType<typeof createDockerStrategy>;
  } = {},
): Promise<DockerHarness> {
  const host = options.host ?? process.env.DOCKER_HOST ?? "unix:///var/run/docker.sock";
  const kind = options.kind ?? "dood";
  const docker = new Docker({ socketPath: host.slice("unix://".length) });
  const [root, image] = await Promise.all([
    mkdtemp(join(tmpdir(), "docker-strategy-")),
    options.host === undefined ? buildMinecraftImage() : buildMinecraftImageOn(docker),
  ]);
  await chmod(root, 0o711);
  const runRoot = join(root, "run");
  const installationId = randomBytes(16).toString("hex");
  const engine = createDockerEngine({ host, certPath: null, tlsVerify: false, sshAgent: null });
  const strategies: ReturnType<typeof createDockerStrategy>[] = [];
  let nextUid = 241_000;
  const isRoot = process.getuid?.() === 0;
  const ownIds = async (labels: string[]) =>
    (await docker.listContainers({ all: true, filters: { label: labels } })).map(({ Id }) => Id);
  return {
    root,
    runRoot,
    installationId,
    engine,
    docker,
    readyText: "Done (",
    // The image asks the server to stop when it is told to end, and after STOP_DURATION ends it by SIGKILL.
    terminated: { code: null, signal: "SIGKILL" },
    open: (more = {}) => {
      const strategy = (options.make ?? createDockerStrategy)({
        kind,
        engine,
        place: () => findPlacement(engine),
        runRoot,
        installationId,
        image: image.name,
        login: null,
        clock: systemClock,
        log: pino({ level: "silent" }),
        stopSeconds: 1,
        ...more,
      });
      strategies.push(strategy);
      return strategy;
    },
    newServer: async (behaviour = {}) => {
      const serverId = randomUUID();
      const folder = join(root, "servers", serverId);
      await mkdir(folder, { recursive: true });
      const [gamePort, rconPort] = [await freePort(), await freePort()];
      const rconPassword = randomBytes(8).toString("hex");
      await copyFile(await buildStandIn(), join(folder, "server.jar"));
      await writeFile(join(folder, "eula.txt"), "eula=true\n");
      const properties = {
        "server-port": gamePort,
        "enable-rcon": true,
        "rcon.port": rconPort,
        "rcon.password": rconPassword,
      };
      const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}\n`);
      await writeFile(join(folder, "server.properties"), lines.join(""));
      const faults = `ignore.stop=${behaviour.ignoresStop ?? false}\nignore.term=${behaviour.ignoresTerm ?? false}\n`;
      await writeFile(join(folder, "stand-in.properties"), faults);
      return {
        serverId,
        folder,
        uid: isRoot ? nextUid++ : null,
        memoryMb: 64,
        gamePort,
        javaPath: "java",
        jvmArgs: ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"],
        programArgs: [],
        container: {
          javaMajor: 17,
          version: "1.21.11",
          firstHeapMb: 32,
          cpuLimit: 1.5,
          rconPort,
          rconPassword,
          managementPort: null,
          programFile: "server.jar",
          customExec: null,
        },
      };
    },
    readLog: (serverId) => readFile(join(runRoot, serverId, "console.log"), "utf8").catch(() => ""),
    countProcesses: async (spec) => {
      let count = 0;
      for (const id of await ownIds([`${serverLabel}=${spec.serverId}`])) {
        const top = await docker
          .getContainer(id)
          .top()
          .catch(() => ({ Processes: [] }));
        count += top.Processes.length;
      }
      return count;
    },
    containersOf: (spec) => ownIds([`${serverLabel}=${spec.serverId}`]),
    close: async () => {
      for (const strategy of strategies) strategy.close();
      const label = [`${installationLabel}=${installationId}`];
      const ids = await ownIds(label);
      await Promise.all(
        ids.map((id) =>
          docker
            .getContainer(id)
            .remove({ force: true, v: true })
            .catch(() => undefined),
        ),
      );
      for (const { Id } of await docker.listNetworks({ filters: { label } })) await docker.getNetwork(Id).remove();
      await rm(root, { recursive: true, force: true });
    },
  };
}
