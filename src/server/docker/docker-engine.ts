import http from "node:http";
import https from "node:https";
import type { Readable, Writable } from "node:stream";
import Docker from "dockerode";
import type {
  ContainerDetails,
  ContainerEngine,
  ContainerInput,
  ContainerUsage,
  EngineEvent,
  RegistryLogin,
} from "./container-engine";
import { toCreateOptions } from "./create-options";
import { type DockerSettings, dockerAddress, parseDockerHost } from "./docker-address";
import { EngineError, toEngineError } from "./engine-error";
import { readJsonLines } from "./read-json-lines";
import { readLogEntries, toUnixNanos } from "./read-log-entries";
import { sumPullProgress } from "./sum-pull-progress";
import { toDetails, toSummary, toUsage } from "./to-details";

/** Time limits in ms. Starting and removing wait for the kernel and the disk. */
const limits = { ask: 5000, act: 30_000, pullSilence: 120_000 };
/** More than this unread by the container, and what is written is refused. */
const maxUnread = 64 * 1024;

/** A Docker engine by its HTTP interface (API 1.41, Docker 20.10, and later), over dockerode. */
export function createDockerEngine(settings: DockerSettings): ContainerEngine {
  const address = dockerAddress(settings);
  const connection = parseDockerHost(settings);
  // No kept connections: one that an engine's restart has cut would fail the next call.
  const agent =
    "protocol" in connection && connection.protocol === "https"
      ? new https.Agent()
      : new http.Agent({ keepAlive: false });
  const isSsh = "protocol" in connection && connection.protocol === "ssh";
  const docker = new Docker({ ...connection, ...(isSsh ? {} : { agent }) });

  /** One call with its time limit; what is thrown is an EngineError. */
  async function call<T>(ms: number, action: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const timer = setTimeout(
      () =>
        abort.abort(
          new EngineError("UNREACHABLE", `The Docker engine at ${address} gave no answer in ${ms / 1000} s.`),
        ),
      ms,
    );
    try {
      return await Promise.race([action(abort.signal), rejectOnAbort(abort.signal)]);
    } catch (error) {
      throw toEngineError(abort.signal.aborted ? abort.signal.reason : error, address);
    } finally {
      clearTimeout(timer);
    }
  }
  /** The same for what may be gone: null then. */
  const find = <T>(ms: number, action: (abortSignal: AbortSignal) => Promise<T>): Promise<T | null> =>
    call(ms, action).catch((error: EngineError) => {
      if (error.code === "GONE") return null;
      throw error;
    });

  const engine: ContainerEngine = {
    address,

    async info() {
      // Both take no options; the race ends them.
      const [info, version] = await call(limits.ask, () => Promise.all([docker.info(), docker.version()]));
      return {
        version: String(version.Version),
        apiVersion: String(version.ApiVersion),
        os: String(info.OperatingSystem ?? version.Os),
        cpus: Number(info.NCPU ?? 0),
        memoryBytes: Number(info.MemTotal ?? 0),
        storageDriver: String(info.Driver ?? ""),
        dataRoot: String(info.DockerRootDir ?? ""),
        containers: Number(info.Containers ?? 0),
        isLiveRestore: info.LiveRestoreEnabled === true,
        securityOptions: (info.SecurityOptions ?? []).map(String),
        warnings: (info.Warnings ?? []).map(String),
      };
    },

    async list(labels) {
      const options = { all: true, filters: { label: [...labels] } };
      const found = await call(limits.ask, (abortSignal) => docker.listContainers({ ...options, abortSignal }));
      return found.map(toSummary);
    },

    async inspect(id): Promise<ContainerDetails | null> {
      const found = await find(limits.ask, (abortSignal) => docker.getContainer(id).inspect({ abortSignal }));
      return found && toDetails(found);
    },

    async create(template) {
      try {
        const made = await call(limits.act, (abortSignal) =>
          docker.createContainer({ ...toCreateOptions(template), abortSignal }),
        );
        return made.id;
      } catch (error) {
        throw toCreateError(error, template.image);
      }
    },

    start: (id) =>
      call(limits.act, (abortSignal) => docker.getContainer(id).start({ abortSignal })).then(() => undefined),

    async signal(id, name) {
      try {
        await find(limits.act, (abortSignal) => docker.getContainer(id).kill({ signal: name, abortSignal }));
        return true;
      } catch (error) {
        // 409: it does not run.
        if (error instanceof EngineError && error.code === "REFUSED") return false;
        throw error;
      }
    },

    async remove(id) {
      await find(limits.act, (abortSignal) =>
        docker.getContainer(id).remove({ force: true, v: true, abortSignal }),
      ).catch((error: EngineError) => {
        // Somebody else removes it at this moment.
        if (error.code !== "REFUSED" || !/already in progress/.test(error.message)) throw error;
      });
    },

    async *followLog(id, { since, signal }) {
      const options = {
        follow: true,
        stdout: true,
        stderr: true,
        timestamps: true,
        ...(since === null ? {} : { since: toUnixNanos(since) }),
      } as const;
      const cut = new AbortController();
      const onAbort = () => cut.abort();
      signal.addEventListener("abort", onAbort, { once: true });
      try {
        // The type knows whole seconds only; the engine takes a fraction.
        const stream = await call(limits.ask, () =>
          docker.getContainer(id).logs({ ...options, abortSignal: cut.signal } as unknown as { follow: true }),
        );
        try {
          yield* readLogEntries(stream as unknown as AsyncIterable<Buffer>);
        } finally {
          (stream as unknown as Readable).destroy();
        }
      } catch (error) {
        if (!signal.aborted) throw toEngineError(error, address);
      } finally {
        signal.removeEventListener("abort", onAbort);
        cut.abort();
      }
    },

    async openInput(id) {
      const stream = await call(limits.ask, (abortSignal) =>
        docker.getContainer(id).attach({ stream: true, stdin: true, hijack: true, abortSignal }),
      );
      return toInput(stream as unknown as Readable & Writable);
    },

    async usage(id): Promise<ContainerUsage | null> {
      const found = await find(limits.ask, (abortSignal) =>
        docker.getContainer(id).stats(until(abortSignal, { stream: false, "one-shot": true } as const)),
      );
      return found && toUsage(found);
    },

    async watchEvents(labels, { signal, onOpen, onEvent }) {
      const filters = { type: ["container" as const], label: [...labels] };
      try {
        const stream = await call(limits.ask, () => docker.getEvents({ filters, abortSignal: signal }));
        onOpen();
        for await (const line of readJsonLines(stream as unknown as AsyncIterable<Buffer>)) {
          const event = toEvent(line);
          if (event) onEvent(event);
        }
      } catch (error) {
        throw toEngineError(error, address);
      }
      throw new EngineError("UNREACHABLE", `The Docker engine at ${address} has ended its stream of events.`);
    },

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

    async ensureNetwork(name, { labels, isIsolated }) {
      const filters = { name: [name] };
      const found = await call(limits.ask, (abortSignal) => docker.listNetworks(until(abortSignal, { filters })));
      if (found.some((network) => network.Name === name)) return;
      const options = {
        Name: name,
        Driver: "bridge",
        Labels: { ...labels },
        CheckDuplicate: true,
        Options: { "com.docker.network.bridge.enable_icc": String(!isIsolated) },
      };
      await call(limits.act, (abortSignal) => docker.createNetwork(until(abortSignal, options))).catch(
        (error: EngineError) => {
          if (error.code !== "REFUSED" || !/already exists/.test(error.message)) throw error;
        },
      );
    },

    async joinNetwork(network, containerId) {
      await call(limits.act, (abortSignal) =>
        docker.getNetwork(network).connect(until(abortSignal, { Container: containerId })),
      ).catch((error: EngineError) => {
        if (!/already exists in network/.test(error.message)) throw error;
      });
    },

    async dropNetwork(network, containerId) {
      const net = docker.getNetwork(network);
      if (containerId !== null) {
        await call(limits.act, (abortSignal) =>
          net.disconnect(until(abortSignal, { Container: containerId, Force: true })),
        ).catch((error: EngineError) => {
          if (error.code === "UNREACHABLE") throw error;
        });
      }
      await find(limits.act, (abortSignal) => net.remove(until(abortSignal, {}))).catch((error: EngineError) => {
        if (error.code === "UNREACHABLE") throw error;
      });
    },
  };
  return engine;
}

/** dockerode takes a signal with every call's options; not all of its types say so. */
function until<T extends object>(abortSignal: AbortSignal, options: T): T {
  return { ...options, abortSignal };
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function toCreateError(error: unknown, image: string): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.code === "GONE") {
    return new EngineError("IMAGE_MISSING", `The Docker engine does not have the image ${image}.`, error);
  }
  if (error.code === "REFUSED" && /is already in use by container/.test(error.message)) {
    return new EngineError("NAME_TAKEN", "A container of that name exists already.", error);
  }
  return error;
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

function toEvent(line: Record<string, unknown>): EngineEvent | null {
  const actor = line.Actor as { ID?: unknown; Attributes?: Record<string, string> } | undefined;
  if (typeof line.Action !== "string" || typeof actor?.ID !== "string") return null;
  return { action: line.Action, containerId: actor.ID, labels: actor.Attributes ?? {} };
}

function toInput(stream: Readable & Writable): ContainerInput {
  let isOpen = true;
  const onEnd = () => {
    isOpen = false;
  };
  stream.on("close", onEnd).on("end", onEnd).on("error", onEnd);
  // What arrives is an echo of nothing; unread it would keep the end from being noticed.
  stream.resume();
  return {
    get isOpen() {
      return isOpen;
    },
    write: (bytes) => {
      if (!isOpen || stream.writableLength > maxUnread) return false;
      stream.write(bytes);
      return true;
    },
    close: () => {
      isOpen = false;
      stream.destroy();
    },
  };
}
