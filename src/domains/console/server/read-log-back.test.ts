import { mkdtemp, open, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeLogStart } from "./log-file-start";
import { readLogBack } from "./read-log-back";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "read-log-back-"));
  path = join(folder, "console.log");
});
afterEach(() => rm(folder, { recursive: true }));

const texts = async (lines: number, before?: string) =>
  (await readLogBack({ path, lines, before })).map(({ text }) => text);

it("has no lines for a log that is not there or empty", async () => {
  expect(await texts(10)).toEqual([]);
  await writeFile(path, "");
  expect(await texts(10)).toEqual([]);
});

it("pages back through a whole log without losing or repeating a line", async () => {
  const all = Array.from({ length: 5000 }, (_, index) => `line ${index} ${"é".repeat(index % 90)}`);
  await writeFile(path, all.map((line) => `${line}\n`).join(""));
  const seen: string[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await readLogBack({ path, lines: 137, before });
    if (page.length === 0) break;
    seen.unshift(...page.map(({ text }) => text));
    before = page[0]?.id;
  }
  expect(seen).toEqual(all);
});

it("gives ids that are byte offsets, and no time", async () => {
  await writeFile(path, "é\r\nb\n\nd\n");
  expect(await readLogBack({ path, lines: 3 })).toEqual([
    { id: "4", text: "b", seenAt: null },
    { id: "6", text: "", seenAt: null },
    { id: "7", text: "d", seenAt: null },
  ]);
  expect(await texts(10, "6")).toEqual(["é", "b"]);
  expect(await texts(10, "0")).toEqual([]);
  expect(await texts(10, "999")).toEqual(["é", "b", "", "d"]);
});

it("shows an unfinished last line once nobody is writing it any more", async () => {
  await writeFile(path, "whole\nhalf");
  expect(await texts(10)).toEqual(["whole"]);
  const earlier = new Date(Date.now() - 1000);
  await utimes(path, earlier, earlier);
  expect(await texts(10)).toEqual(["whole", "half"]);
  expect(await texts(1)).toEqual(["half"]);
});

it("reads a line of 1 GB, and past it, in constant memory", async () => {
  const file = await open(path, "w");
  await file.write("first\n");
  // A hole is what a gigabyte of zeros looks like without writing one.
  await file.write("\nlast\n", 6 + 1024 ** 3);
  await file.close();
  const before = process.memoryUsage().rss;
  const lines = await texts(3);
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  expect(lines[0]).toBe("first");
  expect(lines[1]?.endsWith(`… [${1024 ** 3 - 32 * 1024} bytes cut]`)).toBe(true);
  expect(lines[2]).toBe("last");
});

it("stops at the low-water mark of a log that was cut", async () => {
  await writeFile(path, "gone\n".repeat(2000));
  await truncate(path, 0);
  const file = await open(path, "r+");
  await file.write("kept 1\nkept 2\n", 10_000);
  await file.close();
  await writeLogStart(path, 10_000);
  expect(await readLogBack({ path, lines: 10 })).toEqual([
    { id: "10000", text: "kept 1", seenAt: null },
    { id: "10007", text: "kept 2", seenAt: null },
  ]);
  expect(await texts(10, "9000")).toEqual([]);
});
