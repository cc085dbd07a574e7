import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Clock } from "@/server/clock";
import { openVersions } from "@/test/open-versions";
import { createVersionRefresher, type VersionRefresher } from "./version-refresher";

/** A clock whose sleepers wake when the test says so. */
function handClock() {
  const sleeps: { ms: number; wake: () => void }[] = [];
  const clock: Clock = {
    now: () => new Date(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleeps.push({ ms, wake: resolve });
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      }),
  };
  return { clock, sleeps };
}

let versions: Awaited<ReturnType<typeof openVersions>>;
let refresher: VersionRefresher;
let hand: ReturnType<typeof handClock>;
beforeEach(async () => {
  versions = await openVersions();
  hand = handClock();
  refresher = createVersionRefresher({ ...versions.ctx, clock: hand.clock });
});
afterEach(async () => {
  await refresher.stop();
  await versions.close();
});

it("fills the cache at boot without keeping boot waiting, and ends with the program", async () => {
  versions.upstreams.fail("paper", "silent");
  const program = new AbortController();
  expect(refresher.start(program.signal)).toBeUndefined();
  await vi.waitFor(async () => expect(await versions.list("vanilla")).toHaveLength(14), { timeout: 5000 });
  program.abort();
  await refresher.stop();
  const asked = versions.upstreams.requests.length;
  await expect(refresher.refresh()).rejects.toThrow("mcsd is ending");
  expect(versions.upstreams.requests.length).toBe(asked);
});

it("tries a failed source again after 5 minutes, then 10, 20, 40, then every hour, until it is well", async () => {
  versions.upstreams.fail("paper", "down");
  await refresher.refresh();
  for (const [index, minutes] of [5, 10, 20, 40, 60, 60].entries()) {
    await vi.waitFor(() => expect(hand.sleeps).toHaveLength(index + 1), { timeout: 5000 });
    expect(hand.sleeps[index]?.ms).toBe(minutes * 60_000);
    if (index === 5) versions.upstreams.fail("paper", null);
    hand.sleeps[index]?.wake();
  }
  await vi.waitFor(async () => expect(await versions.list("paper")).toHaveLength(4), { timeout: 5000 });
  await vi.waitFor(async () => expect(await versions.stateOf("paper")).toMatchObject({ lastError: null }));
  const asked = versions.upstreams.requests.filter(
    (request) => request.source === "mojang" && /manifest/.test(request.path),
  );
  expect(asked).toHaveLength(1);
  expect(hand.sleeps).toHaveLength(6);
});

it("retries a source once at a time, however often somebody asks", async () => {
  versions.upstreams.fail("paper", "down");
  await refresher.refresh("paper");
  await refresher.refresh("paper");
  await refresher.refresh();
  expect(hand.sleeps).toHaveLength(1);
});

it("stops while a refresh is under way", async () => {
  versions.upstreams.fail("mojang", "silent");
  const refreshing = refresher.refresh("vanilla");
  refreshing.catch(() => {});
  await refresher.stop();
  await expect(refreshing).rejects.toThrow("mcsd is ending");
});
