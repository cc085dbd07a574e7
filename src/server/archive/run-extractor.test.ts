import { mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rawTar } from "@/test/archives/raw-tar";
import { bundleExtractor } from "@/test/snapshots/bundle-worker";
import { extractArchive } from "./extract-archive";
import { extractorUid } from "./extractor-uid";
import { runExtractor } from "./run-extractor";

const limits = { maxBytes: 1e6, maxFiles: 1000, maxFileBytes: 1e6, maxRatio: 100 };
let base: string;
beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "mcsd-run-extractor-"));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Runs a program in the place of the extractor, as a reader that an archive has taken over would be. */
function runInPlace(source: string, more: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const extractorFile = join(base, "reader.mjs");
  writeFileSync(extractorFile, source);
  const archiveFd = openSync(extractorFile, "r");
  return runExtractor({ extractorFile, archiveFd, folder: base, limits, uid: null, timeoutMs: 20_000, ...more });
}

describe("a reader that an archive has broken", () => {
  it.each([
    ["takes all memory", "const a = []; for (;;) a.push(Buffer.alloc(20e6, 1));", "crashed"],
    ["fills its heap", "const a = []; for (;;) a.push({ a: [a.length] });", "memory"],
    ["breaks down", 'process.kill(process.pid, "SIGSEGV"); setInterval(() => {}, 1000);', "crashed"],
    ["says nothing", "", "crashed"],
    ["says what nobody understands", 'console.log("{}"); console.log("nonsense");', "crashed"],
    ["never stops talking", 'for (;;) require("node:fs").writeSync(1, "x".repeat(60000));', "crashed"],
    [
      "fails after it has said that all is well",
      'console.log(JSON.stringify({ kind: "done", format: "tar", files: 1, folders: 0, bytes: 1 })); process.exit(1);',
      "crashed",
    ],
  ])(
    "and that %s is a refusal",
    async (_, source, rule) => {
      const head = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);\n';
      const before = process.memoryUsage().rss;
      expect(await runInPlace(head + source)).toEqual({ kind: "refused", rule });
      expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
    },
    30_000,
  );

  it("runs no longer than it may, and no longer than it is wanted", async () => {
    expect(await runInPlace("for (;;);", { timeoutMs: 500 })).toEqual({ kind: "refused", rule: "time" });
    const stop = new AbortController();
    const stopped = runInPlace("for (;;);", { signal: stop.signal });
    stop.abort(new Error("not wanted any more"));
    await expect(stopped).rejects.toThrow("not wanted any more");
  });

  it("writes no file that is larger than any in an archive may be", async () => {
    const source =
      'import { writeFileSync } from "node:fs"; writeFileSync("big", Buffer.alloc(5e6)); console.log("{}");';
    expect(await runInPlace(source)).toMatchObject({ kind: "refused" });
    expect(statSync(join(base, "big")).size).toBeLessThan(3e6);
  });

  it("knows no environment and holds no descriptor of ours", async () => {
    const source = `
      import { readdirSync, readlinkSync } from "node:fs";
      const names = readdirSync("/proc/self/fd").map(Number).filter((fd) => {
        try { return /^\\/(?!proc|dev)/.test(readlinkSync("/proc/self/fd/" + fd)); } catch { return false; }
      });
      const isClean = Object.keys(process.env).join() === "NODE_ENV" && names.join() === "3";
      console.log(JSON.stringify({ kind: "failed", code: isClean ? "clean" : names.join() + Object.keys(process.env) }));`;
    expect(await runInPlace(source)).toEqual({ kind: "failed", code: "clean" });
  });
});

it.runIf(process.getuid?.() === 0)("what comes out belongs to a user who has nothing else", async () => {
  const archive = join(base, "a.tar");
  writeFileSync(archive, rawTar([{ name: "f/x", content: "x", mode: 0o6755 }]), { mode: 0o600 });
  const hidden = join(base, "hidden");
  mkdirSync(hidden, { mode: 0o700 });
  const target = join(hidden, "out");
  await extractArchive(await bundleExtractor(), { archive, target, limits });
  const { uid, gid, mode } = statSync(join(target, "f", "x"));
  expect([uid, gid, mode & 0o7777]).toEqual([extractorUid, extractorUid, 0o755]);
});
