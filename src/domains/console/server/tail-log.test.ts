import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, closeSync, openSync, renameSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "@/server/clock";
import type { RawLogLine } from "../../launch/server/launch-strategy";
import { tailLog } from "./tail-log";

let folder: string;
let path: string;
let abort: AbortController;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tail-log-"));
  path = join(folder, "console.log");
  abort = new AbortController();
});
afterEach(async () => {
  abort.abort();
  await rm(folder, { recursive: true });
});

/** Follows the log and keeps what came, `gap` for a gap. */
function follow(from = 0) {
  const seen: (RawLogLine | "gap")[] = [];
  const arrivals: number[] = [];
  const ended = tailLog({
    path,
    from,
    signal: abort.signal,
    clock: systemClock,
    onLines: (lines) => {
      seen.push(...lines);
      arrivals.push(performance.now());
    },
    onGap: () => seen.push("gap"),
  });
  const texts = () => seen.map((line) => (line === "gap" ? "gap" : line.text));
  const expectTexts = (wanted: string[]) =>
    vi.waitFor(() => expect(texts()).toEqual(wanted), { timeout: 5000, interval: 5 });
  return { seen, arrivals, ended, texts, expectTexts };
}

it("gives what is there from the offset on, then what comes, with the time it came", async () => {
  writeFileSync(path, "old\nnew\n");
  const { seen, expectTexts, ended } = follow(4);
  await expectTexts(["new"]);
  appendFileSync(path, "newer\r\n");
  await expectTexts(["new", "newer"]);
  expect(seen.map((line) => line !== "gap" && line.id)).toEqual(["4", "8"]);
  expect(Date.now() - Date.parse(String(seen[1] !== "gap" && seen[1]?.seenAt))).toBeLessThan(2000);
  abort.abort();
  await ended;
});

it("waits for a log that is not there yet", async () => {
  const { expectTexts } = follow();
  await new Promise((resolve) => setTimeout(resolve, 30));
  writeFileSync(path, "first\n");
  await expectTexts(["first"]);
});

it("brings a line from write to callback in a few milliseconds", async () => {
  writeFileSync(path, "");
  const { arrivals, expectTexts } = follow();
  const wanted: string[] = [];
  const latencies: number[] = [];
  for (let round = 0; round < 50; round++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    wanted.push(`line ${round}`);
    const written = performance.now();
    appendFileSync(path, `line ${round}\n`);
    await expectTexts(wanted);
    latencies.push((arrivals.at(-1) ?? 0) - written);
  }
  expect(latencies.sort((a, b) => a - b)[25]).toBeLessThan(5);
});

it("holds an unfinished line back, then gives it once", async () => {
  writeFileSync(path, "");
  const { seen, texts, expectTexts } = follow();
  appendFileSync(path, "half a ");
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(texts()).toEqual([]);
  appendFileSync(path, "line\nname? ");
  await expectTexts(["half a line", "name? "]);
  appendFileSync(path, "\nnext\n");
  await expectTexts(["half a line", "name? ", "next"]);
  expect(seen.map((line) => line !== "gap" && line.id)).toEqual(["0", "12", "19"]);
});

it("loses nothing of 50,000 lines at full speed from another process, in order", async () => {
  writeFileSync(path, "");
  const { seen, texts } = follow();
  const program =
    'const fs=require("fs"),f=fs.openSync(process.argv[1],"a");for(let i=0;i<50000;i++)fs.writeSync(f,"Flood line "+i+"\\n")';
  const writer = spawn(process.execPath, ["-e", program, path]);
  await once(writer, "exit");
  await vi.waitFor(() => expect(seen.length).toBe(50_000), 10_000);
  expect(texts()).toEqual(Array.from({ length: 50_000 }, (_, index) => `Flood line ${index}`));
});

it("survives a line of 1 GB in constant memory", async () => {
  writeFileSync(path, "before\n");
  const { texts, expectTexts } = follow();
  await expectTexts(["before"]);
  const rss = process.memoryUsage().rss;
  const file = openSync(path, "r+");
  writeSync(file, "\nafter\n", 7 + 1024 ** 3);
  closeSync(file);
  await vi.waitFor(() => expect(texts().at(-1)).toBe("after"), 15_000);
  expect(process.memoryUsage().rss - rss).toBeLessThan(100 * 1024 * 1024);
  expect(texts()[1]).toContain(`… [${1024 ** 3 - 32 * 1024} bytes cut]`);
}, 30_000);

describe("changes behind its back", () => {
  it("reads a renamed log to its end and goes on with the new one", async () => {
    writeFileSync(path, "one\n");
    const { expectTexts } = follow();
    await expectTexts(["one"]);
    const old = openSync(path, "a");
    renameSync(path, `${path}.1`);
    writeSync(old, "last words\n");
    closeSync(old);
    writeFileSync(path, "new log\n");
    await expectTexts(["one", "last words", "gap", "new log"]);
  });

  it("begins anew after a truncation", async () => {
    writeFileSync(path, "a long first line\n");
    const { expectTexts } = follow();
    await expectTexts(["a long first line"]);
    truncateSync(path, 0);
    appendFileSync(path, "short\n");
    await expectTexts(["a long first line", "gap", "short"]);
  });

  it("goes on at the same offset in a copy that kept the offsets", async () => {
    writeFileSync(path, "one\ntwo\n");
    const { seen, expectTexts } = follow();
    await expectTexts(["one", "two"]);
    writeFileSync(join(folder, "console.start"), "4\n");
    writeFileSync(`${path}.copy`, "\0\0\0\0two\n");
    renameSync(`${path}.copy`, path);
    appendFileSync(path, "three\n");
    await expectTexts(["one", "two", "three"]);
    expect(seen.at(-1)).toMatchObject({ id: "8" });
  });
});
