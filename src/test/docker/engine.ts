import { setTimeout as delay } from "node:timers/promises";
import Docker from "dockerode";
import { describe, it } from "vitest";

const missing = "no Docker engine answers (apt-get install docker.io and start dockerd, or set DOCKER_HOST)";

/** The engine that DOCKER_HOST or the usual socket leads to, or null when nothing answers there within 5 s. */
export async function findEngine(): Promise<Docker | null> {
  const docker = new Docker();
  const answers = docker.ping().then(
    () => true,
    () => false,
  );
  return (await Promise.race([answers, delay(5_000, false, { ref: false })])) ? docker : null;
}

/** `describe` for tests on a real engine. Where there is none, they are one skipped test that says why. */
export async function describeWithEngine(name: string, body: (docker: Docker) => void): Promise<void> {
  const docker = await findEngine();
  if (docker) describe(name, () => body(docker));
  else it(name, ({ skip }) => skip(missing));
}
