import type { ContainerEngine } from "./container-engine";
import { type DockerCalls, limits, until } from "./docker-calls";
import type { EngineError } from "./engine-error";

export function networkCalls({
  docker,
  call,
  find,
}: DockerCalls): Pick<ContainerEngine, "ensureNetwork" | "joinNetwork" | "dropNetwork"> {
  return {
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
}
