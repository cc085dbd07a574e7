import type Docker from "dockerode";
import { describe, it } from "vitest";
import { findEngine, missingEngine } from "./find-engine";

/** `describe` for tests on a real engine. Where there is none, they are one skipped test that says why. */
export async function describeWithEngine(name: string, body: (docker: Docker) => void): Promise<void> {
  const docker = await findEngine();
  if (docker) describe(name, () => body(docker));
  else it(name, ({ skip }) => skip(missingEngine));
}
