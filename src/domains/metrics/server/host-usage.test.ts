import { tmpdir, totalmem } from "node:os";
import { expect, it } from "vitest";
import { createHostUsage, sumNetwork } from "./host-usage";

it("adds up the cards of the machine and leaves out links inside it", () => {
  const text = [
    "Inter-|   Receive                                                |  Transmit",
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed",
    "    lo: 900 1 0 0 0 0 0 0 900 1 0 0 0 0 0 0",
    "  eth0: 100 1 0 0 0 0 0 0 20 1 0 0 0 0 0 0",
    " wlan0:7 1 0 0 0 0 0 0 3 1 0 0 0 0 0 0",
    "docker0: 500 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0",
    "veth1a2b@if3: 500 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0",
  ].join("\n");
  expect(sumNetwork(text)).toEqual({ received: 107, sent: 23 });
  expect(sumNetwork("")).toBeNull();
});

it("tells what the machine does between two looks", async () => {
  const usage = createHostUsage(tmpdir());
  expect((await usage.read()).cpu).toBeNull();
  const until = performance.now() + 300;
  while (performance.now() < until);
  const { cpu, memoryBytes, diskBytes } = await usage.read();
  const capacity = await usage.capacity();
  expect(cpu).toBeGreaterThan(0.3);
  expect(cpu).toBeLessThanOrEqual(capacity.cores);
  expect(memoryBytes).toBeLessThan(totalmem());
  expect(diskBytes).toBeLessThanOrEqual(capacity.diskBytes);
});
