import type { ContainerEngine, RegistryLogin } from "./container-engine";
import { type DockerCalls, limits, until } from "./docker-calls";
import { EngineError, toEngineError } from "./engine-error";
import { readJsonLines } from "./read-json-lines";
import { sumPullProgress } from "./sum-pull-progress";

export function imageCalls({ docker, address, find }: DockerCalls): Pick<ContainerEngine, "findImage" | "pullImage"> {
  return {
    async findImage(name) {
      const found = await find(limits.ask, (abortSignal) => docker.getImage(name).inspect(until(abortSignal, {})));
      return found && { id: found.Id, sizeBytes: found.Size };
    },

    async pullImage(name, { login, signal, onProgress }) {
      const cut = new AbortController();
      let timer: NodeJS.Timeout | undefined;
      const stillThere = () => {
        clearTimeout(timer);
        const reason = new EngineError("PULL_FAILED", `The download of the image ${name} stood still for two minutes.`);
        timer = setTimeout(() => cut.abort(reason), limits.pullSilence);
      };
      const onAbort = () => cut.abort(signal.reason);
      if (signal.aborted) onAbort();
      signal.addEventListener("abort", onAbort, { once: true });
      stillThere();
      try {
        const options = { abortSignal: cut.signal, ...(login ? { authconfig: toAuth(login) } : {}) };
        const stream = await docker.pull(name, options);
        const sum = sumPullProgress();
        for await (const line of readJsonLines(stream as unknown as AsyncIterable<Buffer>)) {
          stillThere();
          if (typeof line.error === "string") throw new EngineError("PULL_FAILED", line.error.slice(0, 300));
          onProgress(sum(line));
        }
      } catch (error) {
        signal.throwIfAborted();
        throw toPullError(cut.signal.aborted ? cut.signal.reason : error, name, address);
      } finally {
        clearTimeout(timer);
        signal.removeEventListener("abort", onAbort);
      }
    },
  };
}

function toPullError(error: unknown, name: string, address: string): EngineError {
  const known = toEngineError(error, address);
  if (known.code === "UNREACHABLE" && known === error) return known;
  const text = known.message.replace(/^The Docker engine (?:refused|does not know it): /, "");
  if (known.code === "UNREACHABLE") return known;
  return new EngineError("PULL_FAILED", `The image ${name} could not be downloaded: ${text}`, error);
}

function toAuth({ username, password, server }: RegistryLogin) {
  return { username, password, serveraddress: server };
}
