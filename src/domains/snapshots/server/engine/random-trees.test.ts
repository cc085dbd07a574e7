import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isSafePath, pathFromBytes, pathToBytes } from "@/server/fs/path-bytes";
import { describeTree } from "@/test/snapshots/describe-tree";
import { openTestEngine } from "@/test/snapshots/open-test-engine";
import { decodeEntry, decodeTime, encodeEntry, encodeTime } from "./manifest-lines";

/** Few names, so that edits meet what earlier ones have made; two of them are one letter in two forms. */
const name = fc.constantFrom("a", "b", "\u00e9", "e\u0301", "r.0.0.mca", "-rf", " ", "…");
const path = fc.array(name, { minLength: 1, maxLength: 3 });
const size = fc.constantFrom(0, 1, 4095, 130_000, 131_072, 2_097_152, 2_097_153);
const edit = fc.oneof(
  fc.record({
    kind: fc.constant("write" as const),
    path,
    size,
    seed: fc.nat(5),
    mode: fc.constantFrom(0o600, 0o644, 0o755),
  }),
  fc.record({ kind: fc.constant("folder" as const), path, mode: fc.constantFrom(0o700, 0o755) }),
  fc.record({
    kind: fc.constant("link" as const),
    path,
    target: fc.constantFrom("a", "../..", "/etc/passwd", "x".repeat(300)),
  }),
  fc.record({ kind: fc.constant("remove" as const), path }),
  fc.record({ kind: fc.constant("time" as const), path, seconds: fc.integer({ min: 1, max: 2_000_000_000 }) }),
);
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** What cannot be done (a file is in the way, nothing is there) is left out. */
function apply(root: string, change: Edit): void {
  const place = join(root, ...change.path);
  try {
    // Nothing goes through a link: the edits are those of an orderly program.
    for (let length = 1; length < change.path.length; length++)
      if (lstatSync(join(root, ...change.path.slice(0, length)), { throwIfNoEntry: false })?.isSymbolicLink()) return;
    const isThere = lstatSync(place, { throwIfNoEntry: false }) !== undefined;
    if (change.kind === "write" && !lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) {
      mkdirSync(join(place, ".."), { recursive: true });
      writeFileSync(place, Buffer.alloc(change.size, `seed ${change.seed}`));
      chmodSync(place, change.mode);
    } else if (change.kind === "folder" && !lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink()) {
      mkdirSync(place, { recursive: true });
      chmodSync(place, change.mode);
    } else if (change.kind === "link" && !isThere) {
      mkdirSync(join(place, ".."), { recursive: true });
      symlinkSync(change.target, place);
    } else if (change.kind === "remove") rmSync(place, { recursive: true, force: true });
    else if (change.kind === "time" && isThere && !lstatSync(place).isSymbolicLink())
      utimesSync(place, change.seconds, change.seconds);
  } catch (error) {
    const { code } = error as { code?: string };
    if (!["ENOENT", "ENOTDIR", "EEXIST", "EISDIR"].includes(code ?? "")) throw error;
  }
}

it("brings back every state of a random tree after random edits, also of earlier snapshots", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(edit, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), async (stages) => {
      const on = await openTestEngine();
      try {
        const states: string[][] = [];
        for (const [index, edits] of stages.entries()) {
          for (const change of edits) apply(on.world, change);
          states.push(describeTree(on.world));
          await on.take(`stage-${index}`);
        }
        for (const [index, state] of states.entries()) {
          const target = join(on.base, `out-${index}`);
          await on.engine.restoreSnapshot({ id: `stage-${index}`, target });
          expect(describeTree(target)).toEqual(state);
        }
        expect((await on.engine.verifyAll()).every(({ isGood }) => isGood)).toBe(true);
        expect((await on.engine.collect()).removedObjects).toBe(0);
      } finally {
        await on.close();
      }
    }),
    { numRuns: 12 },
  );
});

it("keeps any name, byte for byte", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), (bytes) => {
      const raw = Buffer.from(bytes);
      expect(pathToBytes(pathFromBytes(raw))).toEqual(raw);
      const text = pathFromBytes(raw);
      if (!isSafePath(text)) return;
      const entry = { type: "link" as const, path: text, target: text, mode: 0o777, mtimeNs: 1n };
      expect(decodeEntry(encodeEntry(entry))).toEqual(entry);
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 19n }), (time) => {
      expect(decodeTime(encodeTime(time))).toBe(time);
    }),
  );
});

it("takes no path from a manifest that leaves the folder", () => {
  for (const bad of ["", "/etc", "../x", "a/../../x", "a//b", "./a", "a/.", "a\0b"]) {
    const line = JSON.stringify({ type: "folder", path: bad, mode: "0755", mtime: "1.000000000" });
    expect(() => decodeEntry(line), bad).toThrow();
  }
});
