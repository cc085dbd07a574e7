import { join } from "node:path";
import { Worker } from "node:worker_threads";

/** Source of the thread: exchanges a name for a link as often as it can. */
const source = `
  const { renameSync } = require("node:fs");
  const { workerData: { name, link, aside, stop } } = require("node:worker_threads");
  const flag = new Int32Array(stop);
  const quietly = (from, to) => { try { renameSync(from, to); } catch {} };
  let turns = 0;
  while (Atomics.load(flag, 0) === 0) {
    quietly(name, aside); quietly(link, name);
    quietly(name, link); quietly(aside, name);
    Atomics.store(flag, 1, ++turns);
  }
`;

/**
 * Keeps exchanging `name` in a folder for the link `name.link` beside it, until `stop` is called; `turns` tells how often it
 * has done so. The caller makes both, and may make them anew when an operation has taken them away.
 */
export function swapWithLink(folder: string, name: string): { turns(): number; stop(): Promise<void> } {
  const at = (suffix: string) => join(folder, `${name}${suffix}`);
  const stop = new SharedArrayBuffer(8);
  const worker = new Worker(source, {
    eval: true,
    workerData: { name: at(""), link: at(".link"), aside: at(".aside"), stop },
  });
  const flags = new Int32Array(stop);
  return {
    turns: () => Atomics.load(flags, 1),
    async stop() {
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      Atomics.store(flags, 0, 1);
      await ended;
    },
  };
}
