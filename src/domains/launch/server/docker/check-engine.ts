import type { EngineInfo } from "@/server/docker/container-engine";
import { EngineError } from "@/server/docker/engine-error";
import type { KindCheck, KindProblem } from "../../contract";
import type { DockerParts } from "./docker-parts";

/** A page asks; it does not wait for an engine that hangs. One on a busy machine takes seconds. */
const patienceMs = 5000;

/** Asks the engine how it is, and whether it can reach mcsd's data folder. */
export async function checkEngine(
  parts: Pick<DockerParts, "kind" | "engine" | "place" | "runRoot" | "clock">,
): Promise<KindCheck> {
  const { engine, kind, clock } = parts;
  const enough = new AbortController();
  const late = clock.sleep(patienceMs, enough.signal).then(() => {
    throw new EngineError(
      "UNREACHABLE",
      `The Docker engine at ${engine.address} gave no answer in ${patienceMs / 1000} s.`,
    );
  });
  late.catch(() => undefined);
  try {
    const [info, placement] = await Promise.race([Promise.all([engine.info(), parts.place()]), late]);
    const isMounted = placement.toEnginePath(parts.runRoot) !== null;
    return {
      kind,
      isAvailable: isMounted,
      problem: isMounted ? null : "not_mounted",
      message: null,
      engine: { ...describeEngine(info), address: engine.address, isOwnHost: placement.ownContainerId !== null },
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind, isAvailable: false, problem: problemOf(error), message, engine: null };
  } finally {
    enough.abort();
  }
}

function problemOf(error: unknown): KindProblem {
  if (!(error instanceof EngineError)) return "other_engine";
  if (error.code === "UNREACHABLE") return "engine_unreachable";
  return error.code === "DENIED" ? "engine_denied" : "engine_refused";
}

function describeEngine({
  version,
  apiVersion,
  os,
  cpus,
  memoryBytes,
  containers,
  storageDriver,
  isLiveRestore,
  warnings,
}: EngineInfo) {
  return {
    version,
    apiVersion,
    os,
    cpus,
    memoryBytes,
    containers,
    storageDriver,
    isLiveRestore,
    warnings: [...warnings],
  };
}
