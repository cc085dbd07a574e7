import type { KindCheck } from "../../contract";
import { checkEngine } from "../docker/check-engine";
import { createDockerStrategy } from "../docker/create-docker-strategy";
import type { DockerStrategyOptions } from "../docker/docker-parts";
import { beside } from "../docker/find-placement";
import type { LaunchStrategy } from "../launch-strategy";
import type { OwnEngine } from "./own-engine";
import { OwnEngineError } from "./own-engine-error";

type DindOptions = Omit<DockerStrategyOptions, "kind" | "engine" | "place"> & { own: OwnEngine };

/** Servers as containers of an engine that is mcsd's own: it lives beside mcsd, sees the same files and has the same network. */
export function createDindStrategy({ own, ...options }: DindOptions): LaunchStrategy & { close(): void } {
  const { engine } = own;
  const place = async () => beside;
  const parts = { ...options, kind: "dind" as const, engine, place };
  const strategy = createDockerStrategy(parts);
  const refused = ({ problem, message }: OwnEngineError): KindCheck => ({
    kind: "dind",
    isAvailable: false,
    problem,
    message,
    engine: null,
  });

  return {
    ...strategy,
    async check({ isWanted } = { isWanted: false }) {
      try {
        const obstacle = own.pid === null ? await own.findObstacle() : null;
        if (obstacle) return refused(obstacle);
        // To look at a page is no reason to start an engine.
        if (own.pid === null && !isWanted) {
          return { kind: "dind", isAvailable: true, problem: null, message: null, engine: null };
        }
        await engine.info();
        return withStorageWarning(await checkEngine(parts));
      } catch (error) {
        if (error instanceof OwnEngineError) return refused(error);
        return refused(new OwnEngineError("engine_refused", error instanceof Error ? error.message : String(error)));
      }
    },
    // Every deletion asks every kind.
    forget: async (serverId, forgetting) => {
      if (own.pid === null && !(await own.isKnown())) return;
      await strategy.forget(serverId, forgetting);
    },
  };
}

function withStorageWarning(check: KindCheck): KindCheck {
  const { engine } = check;
  if (engine?.storageDriver !== "vfs") return check;
  const warning = "Images are stored in whole copies (vfs): put mcsd's data folder on a volume, where overlay2 works.";
  return { ...check, engine: { ...engine, warnings: [...engine.warnings, warning] } };
}
