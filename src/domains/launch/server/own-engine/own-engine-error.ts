import { EngineError } from "@/server/docker/engine-error";
import type { KindProblem } from "../../contract";

/** Why there is no engine of our own. The message is an English sentence, or the engine's own last words. */
export class OwnEngineError extends EngineError {
  constructor(
    readonly problem: KindProblem,
    message: string,
  ) {
    super("UNREACHABLE", message);
    this.name = "OwnEngineError";
  }
}
