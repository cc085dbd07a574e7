// A server for the benchmark: `emit COUNT PER_SECOND` on standard input makes it write that many lines, each with its own moment
// (nanoseconds of the machine's monotonic clock, which is the same in every process) in it. `stop` ends it.
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";

const say = (message) => writeSync(1, `[12:00:00] [Server thread/INFO]: ${message}\n`);

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function emit(count, perSecond) {
  const begun = performance.now();
  let sent = 0;
  const write = () => say(`mark ${process.hrtime.bigint()} ${++sent} of ${count}`);
  while (sent < count && perSecond < 500) {
    write();
    // Never in step with anything that polls.
    await pause((1000 / perSecond) * (0.5 + Math.random()));
  }
  while (sent < count) {
    const due = Math.min(count, Math.floor(((performance.now() - begun) * perSecond) / 1000) + 1);
    while (sent < due) write();
    await pause(1);
  }
}

say('Done (0.001s)! For help, type "help"');
createInterface({ input: process.stdin }).on("line", (line) => {
  const [command, count, perSecond] = line.split(" ");
  if (command === "stop") process.exit(0);
  if (command === "emit") void emit(Number(count), Number(perSecond));
});
