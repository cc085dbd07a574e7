import type { NetworkInspectInfo } from "dockerode";
import type { ContainerEngine } from "./container-engine";
import { type DockerCalls, limits, until } from "./docker-calls";
import type { EngineError } from "./engine-error";

type NetworkOptions = Parameters<ContainerEngine["ensureNetwork"]>[1];

export function networkCalls({
  docker,
  call,
  find,
}: DockerCalls): Pick<ContainerEngine, "ensureNetwork" | "joinNetwork" | "dropNetwork"> {
  // The engine makes two networks of one name for two who ask at once, and from then on refuses the name as ambiguous.
  const making = new Map<string, Promise<void>>();

  async function findByName(name: string): Promise<NetworkInspectInfo[]> {
    const filters = { name: [name] };
    const found = await call(limits.ask, (abortSignal) => docker.listNetworks(until(abortSignal, { filters })));
    return found.filter((network) => network.Name === name);
  }

  async function ensure(name: string, { labels, isIsolated }: NetworkOptions): Promise<void> {
    const found = await findByName(name);
    if (found.length === 1) return;
    if (found.length === 0) await create(name, { labels, isIsolated });
    // One that an mcsd before this one had asked for may have come meanwhile.
    const [, ...doubles] = (await findByName(name)).sort((a, b) => a.Created.localeCompare(b.Created));
    for (const { Id, Labels } of doubles) {
      if (!Object.entries(labels).every(([key, value]) => Labels?.[key] === value)) continue;
      await call(limits.act, (abortSignal) => docker.getNetwork(Id).remove(until(abortSignal, {}))).catch(notReached);
    }
  }

  async function create(name: string, { labels, isIsolated }: NetworkOptions): Promise<void> {
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
  }

  return {
    ensureNetwork(name, options) {
      const before = making.get(name) ?? Promise.resolve();
      const made = before.catch(() => undefined).then(() => ensure(name, options));
      making.set(name, made);
      return made.finally(() => {
        if (making.get(name) === made) making.delete(name);
      });
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
        ).catch(notReached);
      }
      await find(limits.act, (abortSignal) => net.remove(until(abortSignal, {}))).catch(notReached);
    },
  };
}

/** A network that others are in stays; only an engine that does not answer is a failure. */
function notReached(error: EngineError): void {
  if (error.code === "UNREACHABLE") throw error;
}
