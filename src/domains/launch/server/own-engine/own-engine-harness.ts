import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import { it } from "vitest";
import { systemClock } from "@/server/clock";
import { createDockerEngine } from "@/server/docker/docker-engine";
import { createDockerHarness, type DockerHarness } from "../docker/docker-harness";
import { createDindStrategy } from "./create-dind-strategy";
import { type EnginePaths, enginePaths } from "./engine-paths";
import { findObstacle } from "./find-obstacle";
import { createOwnEngine, type OwnEngine, type OwnEngineOptions } from "./own-engine";

/** A network of its own, so that the engine takes no firewall rules from another one of this machine. */
const ownNetwork = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];

export interface OwnEngineHarness {
  readonly paths: EnginePaths;
  /** One as a freshly started mcsd would make it, over the same folders. */
  open(more?: Partial<OwnEngineOptions>): OwnEngine;
  /** A harness of the strategy over it. */
  strategies(): Promise<DockerHarness>;
  close(): Promise<void>;
}

/** Folders for an engine of our own; it is started by whoever asks it something. */
export async function createOwnEngineHarness(): Promise<OwnEngineHarness> {
  const dataRoot = await mkdtemp(join(tmpdir(), "own-engine-"));
  const paths = enginePaths({ dataRoot, installationId: randomBytes(16).toString("hex") });
  const host = `unix://${paths.socket}`;
  const open = (more: Partial<OwnEngineOptions> = {}) =>
    createOwnEngine({
      paths,
      client: createDockerEngine({ host, certPath: null, tlsVerify: false, sshAgent: null }),
      clock: systemClock,
      log: pino({ level: "silent" }),
      launcher: ownNetwork,
      ...more,
    });
  return {
    paths,
    open,
    async strategies() {
      await open().engine.info();
      return createDockerHarness({
        kind: "dind",
        host,
        make: (options) => ({ ...createDindStrategy({ ...options, own: open() }) }),
      });
    },
    async close() {
      const own = open();
      if ((await own.findObstacle()) === null) await own.engine.info().catch(() => undefined);
      await own.end();
      // An engine that was killed has left its folder mounted on itself, and its successor takes that for somebody else's.
      await promisify(execFile)("umount", [dataRoot]).catch(() => undefined);
      for (const folder of [paths.runFolder, dataRoot])
        await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Runs the body where an engine may be started; elsewhere there is one skipped test that says why. */
export async function whereAnEngineMayRun(name: string, body: () => void): Promise<void> {
  const obstacle = await findObstacle();
  if (obstacle === null) body();
  else it(name, ({ skip }) => skip(obstacle.message));
}
