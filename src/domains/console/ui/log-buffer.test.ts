import { expect, it } from "vitest";
import type { LogLine } from "../contract";
import { isLaterId, LogBuffer } from "./log-buffer";

const line = (id: number): LogLine => ({
  id: String(id),
  time: "2026-01-01T00:00:00.000Z",
  level: "info",
  text: `line ${id}`,
});
const ids = (buffer: LogBuffer) => buffer.entries.map((entry) => (entry.kind === "line" ? entry.line.id : entry.kind));

it("compares ids as numbers of any length", () => {
  expect(isLaterId("100", "99")).toBe(true);
  expect(isLaterId("99", "100")).toBe(false);
  expect(isLaterId("9007199254740993", "9007199254740992")).toBe(true);
  expect(isLaterId("7", "7")).toBe(false);
});

it("takes each line once, also when a reconnection sends some again", () => {
  const buffer = new LogBuffer();
  buffer.append([line(8), line(9)]);
  expect(buffer.append([line(9), line(10)])).toHaveLength(1);
  expect(ids(buffer)).toEqual(["8", "9", "10"]);
});

it("puts older lines in front without doubling", () => {
  const buffer = new LogBuffer();
  buffer.append([line(20), line(30)]);
  expect(buffer.prepend([line(5), line(10), line(20)])).toBe(2);
  expect(buffer.firstId).toBe("5");
  expect(ids(buffer)).toEqual(["5", "10", "20", "30"]);
});

it("keeps notes in their place and forgets the oldest beyond the limit", () => {
  const buffer = new LogBuffer();
  buffer.append([line(1), line(2)]);
  buffer.note({ kind: "gap" });
  buffer.append([line(3)]);
  buffer.trim(3);
  expect(ids(buffer)).toEqual(["2", "gap", "3"]);
});
