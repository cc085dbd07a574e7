import type { ContainerEngine } from "@/server/docker/container-engine";

/** The same engine, where every call waits for `ready` first. */
export function afterReady(engine: ContainerEngine, ready: () => Promise<void>): ContainerEngine {
  const after =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await ready();
      return method(...args);
    };
  return {
    address: engine.address,
    info: after(engine.info),
    list: after(engine.list),
    inspect: after(engine.inspect),
    create: after(engine.create),
    start: after(engine.start),
    signal: after(engine.signal),
    remove: after(engine.remove),
    async *followLog(id, options) {
      await ready();
      yield* engine.followLog(id, options);
    },
    openInput: after(engine.openInput),
    usage: after(engine.usage),
    watchEvents: after(engine.watchEvents),
    findImage: after(engine.findImage),
    pullImage: after(engine.pullImage),
    ensureNetwork: after(engine.ensureNetwork),
    joinNetwork: after(engine.joinNetwork),
    dropNetwork: after(engine.dropNetwork),
  };
}
