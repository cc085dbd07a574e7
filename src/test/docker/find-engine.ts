import { setTimeout as delay } from "node:timers/promises";
import Docker from "dockerode";

export const missingEngine =
  "no Docker engine answers (apt-get install docker.io and start dockerd, or set DOCKER_HOST)";

/** The engine that DOCKER_HOST or the usual socket leads to, or null when nothing answers there within 5 s. */
export async function findEngine(): Promise<Docker | null> {
  const docker = new Docker();
  const answers = docker.ping().then(
    () => true,
    () => false,
  );
  return (await Promise.race([answers, delay(5_000, false, { ref: false })])) ? docker : null;
}
