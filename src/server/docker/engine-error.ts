export type EngineErrorCode =
  /** No connection, no answer in time, or an answer that is none. */
  | "UNREACHABLE"
  | "DENIED"
  | "NAME_TAKEN"
  | "IMAGE_MISSING"
  | "PULL_FAILED"
  | "PORT_TAKEN"
  | "GONE"
  /** The engine said no, in the words of `message`. */
  | "REFUSED";

/** A failure of the container engine. `message` is an English sentence that a person may see. */
export class EngineError extends Error {
  constructor(
    readonly code: EngineErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "EngineError";
  }
}

interface Failure {
  statusCode?: number;
  code?: string;
  message?: string;
  json?: { message?: unknown };
}

const maxMessage = 300;

/** Puts what dockerode throws into our words. */
export function toEngineError(thrown: unknown, address: string): EngineError {
  if (thrown instanceof EngineError) return thrown;
  const failure = (typeof thrown === "object" && thrown !== null ? thrown : {}) as Failure;
  const text = String(failure.json?.message ?? failure.message ?? thrown)
    .replace(/\s+/g, " ")
    // What the library puts in front where the engine's answer was no JSON to it.
    .replace(/^\(HTTP code \d+\) [^-]*- /, "")
    .trim()
    .slice(0, maxMessage);
  if (failure.statusCode === undefined)
    return new EngineError("UNREACHABLE", explainUnreachable(failure, text, address), thrown);
  if (failure.statusCode === 404)
    return new EngineError("GONE", `The Docker engine does not know it: ${text}.`, thrown);
  if (failure.statusCode === 401 || failure.statusCode === 403) {
    return new EngineError("DENIED", `The Docker engine at ${address} does not allow that: ${text}.`, thrown);
  }
  if (/port is already allocated|address already in use/i.test(text))
    return new EngineError("PORT_TAKEN", text, thrown);
  return new EngineError("REFUSED", `The Docker engine refused: ${text}`, thrown);
}

function explainUnreachable({ code }: Failure, text: string, address: string): string {
  if (code === "ENOENT" || code === "ECONNREFUSED") {
    return `No Docker engine answers at ${address}. Start it, or set DOCKER_HOST to where it is.`;
  }
  if (code === "EACCES" || code === "EPERM") {
    return `mcsd may not use the Docker engine at ${address}. Add its user to the group of that socket.`;
  }
  return `The Docker engine at ${address} does not answer: ${text}`;
}
