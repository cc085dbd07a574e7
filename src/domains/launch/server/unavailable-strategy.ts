import { AppError } from "@/server/errors";
import type { LaunchKind } from "../contract";
import type { LaunchStrategy } from "./launch-strategy";

/** Stands in for a kind that this build does not have: it says so, and never pretends to have started something. */
export function createUnavailableStrategy(kind: LaunchKind, name: string): LaunchStrategy {
  const message = `Servers of the kind "${name}" are not available in this build of mcsd. Choose the host kind.`;
  return {
    kind,
    preflight: async () => [{ code: "KIND_UNAVAILABLE", message, details: { kind } }],
    start: async () => {
      throw new AppError("START_FAILED", message, { kind });
    },
    check: async () => ({ kind, isAvailable: false, problem: "engine_unreachable", message, engine: null }),
    adopt: async () => ({ handle: null, exit: null }),
    forget: async () => undefined,
  };
}
