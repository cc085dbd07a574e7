import type { LaunchKind } from "../contract";
import type { LaunchStrategy } from "./launch-strategy";
import { createUnavailableStrategy } from "./unavailable-strategy";

export type LaunchRegistry = Readonly<Record<LaunchKind, LaunchStrategy>>;

/** One strategy per kind. A new kind does not compile until it has its line here. */
export function createLaunchRegistry(strategies: { host: LaunchStrategy }): LaunchRegistry {
  return {
    host: strategies.host,
    dood: createUnavailableStrategy("dood", "Docker, engine of the host"),
    dind: createUnavailableStrategy("dind", "Docker, engine of its own"),
  } satisfies Record<LaunchKind, LaunchStrategy>;
}
