import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { ContainerEngine, LogEntry } from "@/server/docker/container-engine";
import { beginLogCopy, copyContainerLog } from "./copy-container-log";

let folder: string;
let paths: { log: string; cursor: string };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "copy-log-"));
  paths = { log: join(folder, "console.log"), cursor: join(folder, "cursor.json") };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const entry = (second: number, text: string): LogEntry => ({
  at: `2026-11-22T12:00:${String(second).padStart(2, "0")}.000000000Z`,
  bytes: Buffer.from(text),
});

/** Gives the entries from `since` on, one at a time, as the engine does; breaks off after `limit` of them. */
function engineWith(entries: readonly LogEntry[], limit = Number.POSITIVE_INFINITY): ContainerEngine {
  const followLog: ContainerEngine["followLog"] = async function* (_, { since }) {
    let given = 0;
    for (const one of entries) {
      if (since !== null && one.at < since) continue;
      if (given++ === limit) throw new Error("The stream was cut");
      yield [one];
    }
  };
  return { followLog } as Partial<ContainerEngine> as ContainerEngine;
}

const copy = (engine: ContainerEngine, containerId = "one") =>
  copyContainerLog({ engine, containerId, paths, signal: new AbortController().signal });
const read = () => readFile(paths.log, "utf8");
const whole = (entries: readonly LogEntry[]) => entries.map(({ bytes }) => bytes.toString()).join("");

// Several of one time, CRLF, a line in parts as the engine cuts it at 16 KiB, and lines that are alike.
const entries = [
  entry(1, "first\r\n"),
  entry(2, "same\n"),
  entry(2, "same\n"),
  entry(2, "same\n"),
  entry(3, "x".repeat(16_384)),
  entry(3, "x".repeat(16_384)),
  entry(3, "end of the long one\n"),
  entry(4, "last\n"),
];

it("goes on where a stream was cut, wherever that was", async () => {
  for (let limit = 0; limit <= entries.length; limit++) {
    await rm(paths.log, { force: true });
    await beginLogCopy({ containerId: "one", paths });
    if (limit < entries.length) await expect(copy(engineWith(entries, limit))).rejects.toThrow("cut");
    await copy(engineWith(entries));
    await copy(engineWith(entries));
    expect(await read()).toBe(whole(entries));
  }
});

it("writes nothing twice that is in the file but not in the note, to the byte", async () => {
  await beginLogCopy({ containerId: "one", paths });
  await expect(copy(engineWith(entries, 2))).rejects.toThrow("cut");
  const note = await readFile(paths.cursor);
  const noted = (await read()).length;
  for (let ahead = 0; ahead < 40; ahead++) {
    await writeFile(paths.cursor, note);
    await writeFile(paths.log, whole(entries).slice(0, noted + ahead));
    await copy(engineWith(entries));
    expect(await read()).toBe(whole(entries));
  }
});

it("keeps what is not the container's and writes the whole behind it", async () => {
  await beginLogCopy({ containerId: "one", paths });
  await writeFile(paths.log, "somebody's\n");
  await copy(engineWith(entries));
  expect(await read()).toBe(`somebody's\n${whole(entries)}`);
});

it("copies another container from its beginning, behind what there is", async () => {
  await copy(engineWith(entries));
  await copy(engineWith([entry(1, "another\n")]), "two");
  expect(await read()).toBe(`${whole(entries)}another\n`);
});

it("begins anew with a note that cannot be read, or is of a longer file", async () => {
  for (const note of ["half a no", JSON.stringify({ containerId: "one", at: entries[1]?.at, count: 1, size: 99 })]) {
    await writeFile(paths.log, "");
    await writeFile(paths.cursor, note);
    await copy(engineWith(entries));
    expect(await read()).toBe(whole(entries));
  }
});
