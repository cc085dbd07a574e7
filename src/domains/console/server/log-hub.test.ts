import { appendFileSync, truncateSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { systemClock } from "@/server/clock";
import { createLogHub, type LogHub } from "./log-hub";
import type { LogBatch, LogHubEvent } from "./log-hub-channel";

let folder: string;
let path: string;
let hub: LogHub;
let abort: AbortController;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "log-hub-"));
  path = join(folder, "a.log");
  hub = createLogHub({ pathOf: (serverId) => join(folder, `${serverId}.log`), clock: systemClock });
  abort = new AbortController();
});
afterEach(async () => {
  abort.abort();
  hub.close();
  await rm(folder, { recursive: true });
});

const numbered = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `line ${from + index}`);
const append = (from: number, to: number) =>
  appendFileSync(
    path,
    numbered(from, to)
      .map((line) => `${line}\n`)
      .join(""),
  );

/** Reads a subscription as fast as it comes. */
function collect(from: string | null, pause: () => Promise<void> = async () => undefined) {
  const events: LogHubEvent[] = [];
  const ended = (async () => {
    for await (const event of hub.subscribe("a", from, abort.signal)) {
      events.push(event);
      await pause();
    }
  })();
  const batches = () => events.filter((event): event is LogBatch => "lines" in event);
  const texts = () => batches().flatMap(({ lines }) => lines.map(({ text }) => text));
  const expectLast = (text: string) =>
    vi.waitFor(() => expect(texts().at(-1)).toBe(text), { timeout: 15_000, interval: 5 });
  return { events, batches, texts, expectLast, ended };
}

it("replays from an id and goes on live, each line once", async () => {
  append(0, 3000);
  const all = collect("0");
  await all.expectLast("line 2999");
  append(3000, 3100);
  await all.expectLast("line 3099");
  expect(all.texts()).toEqual(numbered(0, 3100));
  const ids = all.batches().flatMap(({ lines }) => lines.map(({ id }) => Number(id)));
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  expect(all.batches().at(-1)?.lines.at(-1)?.seenAt).not.toBeNull();
  expect(all.batches()[0]?.lines[0]?.seenAt).toBeNull();
});

it("can be resumed after every single batch, while lines keep coming", async () => {
  append(0, 50);
  let written = 50;
  const writing = setInterval(() => {
    append(written, written + 7);
    written += 7;
  }, 3);
  const seen: string[] = [];
  let next = "0";
  while (seen.length < 1000) {
    const once = new AbortController();
    for await (const event of hub.subscribe("a", next, once.signal)) {
      if (!("lines" in event)) throw new Error("unexpected gap");
      seen.push(...event.lines.map(({ text }) => text));
      next = event.next;
      break;
    }
    once.abort();
  }
  clearInterval(writing);
  expect(seen).toEqual(numbered(0, seen.length));
});

it("gives only new lines without an id, and the newest from memory on request", async () => {
  append(0, 20);
  const recent = await hub.recent("a", 3);
  expect(recent.lines.map(({ text }) => text)).toEqual(numbered(17, 20));
  const [live, after] = [collect(null), collect(recent.next)];
  await new Promise((resolve) => setTimeout(resolve, 50));
  append(20, 21);
  await Promise.all([live.expectLast("line 20"), after.expectLast("line 20")]);
  expect([live.texts(), after.texts()]).toEqual([["line 20"], ["line 20"]]);
  expect((await hub.recent("a", 2000)).lines).toHaveLength(21);
});

it("hands the same frozen batch to everyone, the first line at once and a flood in few batches", async () => {
  writeFileSync(path, "");
  const watchers = Array.from({ length: 5 }, () => collect(null));
  await new Promise((resolve) => setTimeout(resolve, 100));
  const began = performance.now();
  append(0, 1);
  await watchers[0]?.expectLast("line 0");
  expect(performance.now() - began).toBeLessThan(40);
  for (let index = 1; index < 300; index++) {
    append(index, index + 1);
    if (index % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const tookMs = performance.now() - began;
  for (const watcher of watchers) await watcher.expectLast("line 299");
  const [first, ...others] = watchers.map(({ batches }) => batches());
  expect(first?.length).toBeLessThanOrEqual(Math.ceil(tookMs / 50) + 2);
  for (const [index, batch] of (first ?? []).entries()) {
    expect(Object.isFrozen(batch) && Object.isFrozen(batch.lines)).toBe(true);
    for (const other of others) expect(other[index]).toBe(batch);
  }
  expect(watchers[0]?.texts()).toEqual(numbered(0, 300));
});

it("sends a slow reader to the file instead of keeping lines for him, and he misses nothing", async () => {
  writeFileSync(path, "");
  let gate: Promise<void> = Promise.resolve();
  let open: () => void = () => undefined;
  const slow = collect(null, () => gate);
  const fast = collect(null);
  await new Promise((resolve) => setTimeout(resolve, 50));
  gate = new Promise((resolve) => {
    open = resolve;
  });
  for (let block = 0; block < 40; block++) {
    append(block * 1000, block * 1000 + 1000);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await fast.expectLast("line 39999");
  expect(slow.texts().length).toBeLessThan(3000);
  open();
  await slow.expectLast("line 39999");
  expect(slow.texts()).toEqual(numbered(0, 40_000));
  // What comes out of the file again is not what was handed to the others.
  expect(slow.batches().some(({ lines }) => lines[0]?.seenAt === null)).toBe(true);
});

it("says that there is a gap when the log was cut below a reader, and goes on after it", async () => {
  append(0, 100);
  const live = collect("0");
  await live.expectLast("line 99");
  truncateSync(path, 0);
  append(500, 503);
  await live.expectLast("line 502");
  expect(live.events.filter((event) => "gap" in event)).toHaveLength(1);
  expect(live.texts().slice(100)).toEqual(numbered(500, 503));
  const late = collect("999999");
  await late.expectLast("line 502");
  expect(late.events[0]).toEqual({ gap: true });
  expect(late.texts()).toEqual(numbered(500, 503));
});

it("lets a listener see every line from an offset on, until it is told to stop", async () => {
  append(0, 10);
  const heard: string[] = [];
  const stop = hub.onLine("a", "0", (line) => heard.push(line.text));
  await vi.waitFor(() => expect(heard).toEqual(numbered(0, 10)));
  append(10, 20);
  await vi.waitFor(() => expect(heard).toEqual(numbered(0, 20)));
  stop();
  append(20, 21);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(heard).toHaveLength(20);
});

it("follows a server that has not written anything yet, and keeps servers apart", async () => {
  const live = collect(null);
  await new Promise((resolve) => setTimeout(resolve, 30));
  writeFileSync(join(folder, "b.log"), "not yours\n");
  append(0, 2);
  await live.expectLast("line 1");
  expect(live.texts()).toEqual(["line 0", "line 1"]);
});

it("ends at once when aborted", async () => {
  append(0, 1);
  const live = collect(null);
  await new Promise((resolve) => setTimeout(resolve, 30));
  abort.abort();
  await live.ended;
});
