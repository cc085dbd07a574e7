import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CutLine, createLogFileCutter, maxLineBytes } from "./log-file-cutter";

const cut = (text: string | Buffer, from = 0) => {
  const cutter = createLogFileCutter(from, false);
  const lines = cutter.push(Buffer.from(text as string));
  return { lines, rest: cutter.flush(true), next: cutter.next };
};

it("gives each line with the offset of its first byte", () => {
  expect(cut("one\n§two\n\nfour\n", 100)).toEqual({
    lines: [
      { start: 100, text: "one" },
      { start: 104, text: "§two" },
      { start: 110, text: "" },
      { start: 111, text: "four" },
    ],
    rest: null,
    next: 116,
  });
});

it("takes CR LF for one ending, and a CR elsewhere for text", () => {
  expect(cut("a\r\n\r\nb\rc\n").lines.map(({ text }) => text)).toEqual(["a", "", "b\rc"]);
});

it("shows what is no UTF-8 as U+FFFD", () => {
  expect(cut(Buffer.from([0x61, 0xff, 0xc3, 0x28, 0x0a])).lines[0]?.text).toBe("a\uFFFD\uFFFD(");
});

describe("long lines", () => {
  it("are whole up to the limit and have a mark beyond it", () => {
    const whole = "x".repeat(maxLineBytes);
    expect(cut(`${whole}\r\n`).lines[0]?.text).toBe(whole);
    expect(cut(`${whole}yz\n`).lines[0]?.text).toBe(`${whole}… [2 bytes cut]`);
  });

  it("are never cut inside a character", () => {
    const text = `${"x".repeat(maxLineBytes - 1)}日本\n`;
    expect(cut(text).lines[0]?.text).toBe(`${"x".repeat(maxLineBytes - 1)}… [6 bytes cut]`);
  });

  it("cost no memory, however long", () => {
    const cutter = createLogFileCutter(0, false);
    const block = Buffer.alloc(1024 * 1024, "x");
    const before = process.memoryUsage().arrayBuffers;
    for (let megabytes = 0; megabytes < 1024; megabytes++) expect(cutter.push(block)).toEqual([]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
    const [line] = cutter.push(Buffer.from("\n"));
    expect(line?.text.slice(maxLineBytes)).toBe(`… [${1024 ** 3 - maxLineBytes} bytes cut]`);
    expect(cutter.next).toBe(1024 ** 3 + 1);
  });
});

describe("an unfinished line", () => {
  it("comes in pieces with ids of their own, and ends without an empty piece", () => {
    const cutter = createLogFileCutter(0, false);
    expect(cutter.push(Buffer.from("> "))).toEqual([]);
    expect(cutter.flush(false)).toEqual({ start: 0, text: "> " });
    expect(cutter.flush(false)).toBeNull();
    expect(cutter.push(Buffer.from("list\n> "))).toEqual([{ start: 2, text: "list" }]);
    expect(cutter.flush(false)).toEqual({ start: 7, text: "> " });
    expect(cutter.push(Buffer.from("\r\nnext\n"))).toEqual([{ start: 11, text: "next" }]);
  });

  it("keeps half a character and a lone CR for later", () => {
    const cutter = createLogFileCutter(0, false);
    const [first, second] = [Buffer.from("a日").subarray(0, 3), Buffer.from("a日").subarray(3)];
    cutter.push(first);
    expect(cutter.flush(false)).toEqual({ start: 0, text: "a" });
    expect(cutter.flush(false)).toBeNull();
    cutter.push(second);
    cutter.push(Buffer.from("\r"));
    expect(cutter.flush(false)).toEqual({ start: 1, text: "日" });
    expect(cutter.push(Buffer.from("\n"))).toEqual([]);
    expect(cutter.next).toBe(6);
  });
});

it("gives every byte exactly once, however the stream is cut up", () => {
  const pieces = fc.array(fc.oneof(fc.constantFrom("\n", "\r\n", "§", "🌍", "a", "line"), fc.string()), {
    maxLength: 60,
  });
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(pieces, steps, (parts, plan) => {
      const bytes = Buffer.from(parts.join(""));
      const cutter = createLogFileCutter(0, false);
      const lines: CutLine[] = [];
      for (let at = 0, step = 0; at < bytes.length; step++) {
        const [size, flushes] = plan[step % plan.length] ?? [1, false];
        lines.push(...cutter.push(Buffer.from(bytes.subarray(at, at + size))));
        at += size;
        const piece = flushes ? cutter.flush(false) : null;
        if (piece) lines.push(piece);
      }
      const last = cutter.flush(true);
      if (last) lines.push(last);
      // Each piece is found in the bytes where its id says, and what is between the pieces are line endings only.
      let end = 0;
      for (const { start, text } of lines) {
        expect(bytes.toString("utf8", end, start)).toMatch(/^(\r?\n)*$/);
        end = start + Buffer.byteLength(text);
        expect(bytes.toString("utf8", start, end)).toBe(text);
      }
      expect(bytes.toString("utf8", end)).toMatch(/^(\r?\n|\r)*$/);
    }),
    { numRuns: 500 },
  );
});
