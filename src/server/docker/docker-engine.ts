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
} from "./container-engine";
import { toCreateOptions } from "./create-options";
import { type DockerSettings, dockerAddress, parseDockerHost } from "./docker-address";
import { createDockerCalls, limits, until } from "./docker-calls";
import { EngineError, toEngineError } from "./engine-error";
import { imageCalls } from "./image-calls";
import { networkCalls } from "./network-calls";
import { quietModem } from "./quiet-modem";
import { readJsonLines } from "./read-json-lines";
import { readLogEntries, toUnixNanos } from "./read-log-entries";
import { toDetails, toSummary, toUsage } from "./to-details";

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
  quietModem(docker);

  const calls = createDockerCalls(docker, address);
  const { call, find } = calls;

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

    async list(labels, { withinMs } = { withinMs: limits.ask }) {
      const options = { all: true, filters: { label: [...labels] } };
      const found = await call(withinMs, (abortSignal) => docker.listContainers({ ...options, abortSignal }));
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
      if (signal.aborted) onAbort();
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

    ...imageCalls(calls),
    ...networkCalls(calls),
  };
  return engine;
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
      // What was written still goes out.
      stream.end(() => stream.destroy());
    },
  };
}
