import { appendFile, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { boundEngineLog, lastWords } from "./engine-log";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "engine-log-"));
});
afterAll(() => rm(folder, { recursive: true }));

it("keeps 1 MiB of a log that has grown over 4 MiB, and lets a small one be", async () => {
  const path = join(folder, "long.log");
  await writeFile(path, "x".repeat(4 * 1024 * 1024));
  await boundEngineLog(path);
  expect((await stat(path)).size).toBe(4 * 1024 * 1024);
  await appendFile(path, "the end");
  await boundEngineLog(path);
  expect((await stat(path)).size).toBe(0);
  expect((await stat(`${path}.1`)).size).toBe(1024 * 1024);
  expect(await lastWords(`${path}.1`, 0)).toMatch(/the end$/);
});

it("gives the last complaints since a moment, without the stamps", async () => {
  const path = join(folder, "words.log");
  await writeFile(path, "of before\n");
  const from = (await stat(path)).size;
  await appendFile(
    path,
    'time="2026-01-01T00:00:00Z" level=info msg="Starting up"\n' +
      'time="2026-01-01T00:00:01Z" level=error msg="no \\"overlay\\"" driver=x\nfailed to start daemon: no iptables\n',
  );
  expect(await lastWords(path, from)).toBe('no "overlay" failed to start daemon: no iptables');
});
