import { createWriteStream } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readLogStart } from "./log-file-start";
import { copyTail, punchLog } from "./punch-log";
import { readLogBack } from "./read-log-back";
import { readLogForward } from "./read-log-forward";

const megabyte = 1024 * 1024;
let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "punch-log-"));
  path = join(folder, "console.log");
});
afterEach(() => rm(folder, { recursive: true }));

const line = (index: number) => `line ${String(index).padStart(8, "0")} ${"x".repeat(85)}\n`;
const lines = (from: number, count: number) => Array.from({ length: count }, (_, index) => line(from + index)).join("");
const diskBytes = async () => (await stat(path)).blocks * 512;

it("leaves a small log alone, and one that is not there", async () => {
  expect(await punchLog({ path, isStopped: false })).toEqual({ start: 0, method: "none" });
  await writeFile(path, lines(0, 100));
  expect(await punchLog({ path, isStopped: false })).toEqual({ start: 0, method: "none" });
});

it("frees the oldest part while a writer goes on, and no line that is left changes its id", async () => {
  await writeFile(path, lines(0, 60_000));
  const newest = await readLogBack({ path, lines: 1000 });
  const writer = createWriteStream(path, { flags: "a" });
  const writing = (async () => {
    for (let index = 60_000; index < 62_000; index++) {
      if (!writer.write(line(index))) await new Promise<void>((resolve) => writer.once("drain", () => resolve()));
    }
    await new Promise<void>((resolve) => writer.end(() => resolve()));
  })();
  const report = await punchLog({ path, isStopped: false, limitBytes: 4 * megabyte, keepBytes: megabyte });
  await writing;

  expect(report.method).toBe("hole");
  expect(await readLogStart(path)).toBe(report.start);
  expect((await stat(path)).size).toBe(62_000 * 100);
  expect(await diskBytes()).toBeLessThan(2 * megabyte);
  expect(await readLogBack({ path, lines: 1000, before: String(60_000 * 100) })).toEqual(newest);
  const left = await readLogBack({ path, lines: 1e6 });
  expect(left[0]?.id).toBe(String(report.start));
  expect(left.map(({ text }) => `${text}\n`).join("")).toBe(lines(report.start / 100, 62_000 - report.start / 100));
});

it("makes the hole longer next time", async () => {
  await writeFile(path, lines(0, 50_000));
  const first = await punchLog({ path, isStopped: false, limitBytes: 2 * megabyte, keepBytes: megabyte });
  await writeFile(path, lines(50_000, 50_000), { flag: "a" });
  const second = await punchLog({ path, isStopped: false, limitBytes: 2 * megabyte, keepBytes: megabyte });
  expect(second.start).toBeGreaterThan(first.start);
  expect(await diskBytes()).toBeLessThan(1.5 * megabyte);
});

it("tells a reader who was in the cut part about the gap, and never shows him the hole", async () => {
  await writeFile(path, lines(0, 50_000));
  const { start } = await punchLog({ path, isStopped: false, limitBytes: megabyte, keepBytes: megabyte });
  let isFirst = true;
  for await (const piece of readLogForward(path, 200, 5_000_000)) {
    expect(piece.isGap).toBe(isFirst);
    if (isFirst) expect(piece.lines[0]).toEqual({ start, text: line(start / 100).trimEnd() });
    for (const { text } of piece.lines) expect(text).not.toContain("\0");
    isFirst = false;
  }
});

it("can copy the end into a sparse file at the same offsets instead", async () => {
  await writeFile(path, lines(0, 50_000));
  const newest = await readLogBack({ path, lines: 1000 });
  const start = await copyTail(path, megabyte);
  expect(await readLogStart(path)).toBe(start);
  expect((await stat(path)).size).toBe(5_000_000);
  expect(await diskBytes()).toBeLessThan(1.5 * megabyte);
  expect(await readLogBack({ path, lines: 1000 })).toEqual(newest);
  expect((await readLogBack({ path, lines: 1e6 }))[0]?.id).toBe(String(start));
});
