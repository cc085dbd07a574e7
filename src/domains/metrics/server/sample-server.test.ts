import { expect, it } from "vitest";
import type { TrackedServer } from "../../servers/server/tracked-server";
import { addUsage } from "../../servers/server/usage-totals";
import { createServerSampler } from "./sample-server";

const reading = (cpu: number, bytes: number) => ({
  cpu,
  memoryBytes: 1000,
  diskReadBytes: bytes,
  diskWrittenBytes: null,
  networkReceivedBytes: null,
  networkSentBytes: null,
});
const live = { cpu: null, memoryBytes: null, playersOnline: 3, playersMax: 20, playerNames: [] };
const known = { ticks: { tps: 20, mspt: 2 }, diskBytes: 5 };
const serverOf = (handle: object, usage: TrackedServer["usage"]) =>
  ({ handle, usage, live }) as unknown as TrackedServer;

it("averages over the whole time since the last sample, not over the last look", () => {
  const sample = createServerSampler();
  const handle = {};
  const first = addUsage(null, reading(0, 100), 0);
  const second = addUsage(first, reading(1, 600), 5000);
  const third = addUsage(second, reading(0.2, 600), 15_000);
  expect(sample(serverOf(handle, { first, newest: second }), known)).toMatchObject({ cpu: 1, diskRead: 100 });
  expect(sample(serverOf(handle, { first, newest: third }), known)).toMatchObject({ cpu: 0.2, diskRead: 0 });
  const whole = createServerSampler()(serverOf({}, { first, newest: third }), known);
  expect(whole.cpu).toBeCloseTo((5 + 2) / 15);
  expect(whole).toMatchObject({ memoryBytes: 1000, diskWritten: null, networkSent: null, playersOnline: 3, tps: 20 });
});

it("does not mix two processes of a server, and knows nothing before the first look", () => {
  const sample = createServerSampler();
  const first = addUsage(null, reading(0, 5000), 0);
  sample(serverOf({}, { first, newest: addUsage(first, reading(1, 9000), 5000) }), known);
  const next = addUsage(null, reading(0, 10), 20_000);
  expect(sample(serverOf({}, { first: next, newest: next }), known)).toMatchObject({ cpu: null, diskRead: null });
  expect(sample(serverOf({}, null), known)).toMatchObject({ cpu: null, memoryBytes: null, diskBytes: 5 });
});
