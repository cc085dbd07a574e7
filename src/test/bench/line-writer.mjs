// A server for the benchmark: `emit COUNT PER_SECOND` on standard input makes it write that many lines, each with its own moment
// (nanoseconds of the machine's monotonic clock, which is the same in every process) in it. `stop` ends it.
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";

const say = (message) => writeSync(1, `[12:00:00] [Server thread/INFO]: ${message}\n`);

async function emit(count, perSecond) {
  const begun = performance.now();
  for (let sent = 0; sent < count; ) {
    const due = Math.min(count, Math.floor(((performance.now() - begun) * perSecond) / 1000) + 1);
    while (sent < due) say(`mark ${process.hrtime.bigint()} ${++sent} of ${count}`);
    // Never in step with anything that polls.
    const gap = perSecond < 500 ? (1000 / perSecond) * (0.5 + Math.random()) : 1;
    await new Promise((resolve) => setTimeout(resolve, gap));
  }
}

say('Done (0.001s)! For help, type "help"');
createInterface({ input: process.stdin }).on("line", (line) => {
  const [command, count, perSecond] = line.split(" ");
  if (command === "stop") process.exit(0);
  if (command === "emit") void emit(Number(count), Number(perSecond));
});
