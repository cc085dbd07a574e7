import { expect, it } from "vitest";
import type { LogLine } from "../contract";
import { ConsoleFeed } from "./console-feed";

const line = (id: number, level: LogLine["level"] = "info"): LogLine => ({
  id: String(id),
  time: "2026-01-01T00:00:00.000Z",
  level,
  text: `line ${id}`,
});
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => line(from + at));

function setUp() {
  const frames: (() => void)[] = [];
  const writes: string[] = [];
  const redraws: { text: string; keepPlace: boolean }[] = [];
  const feed = new ConsoleFeed({ clock: null, gap: "gap" }, (draw) => frames.push(draw));
  feed.attach({
    write: (text) => writes.push(text),
    redraw: (text, { keepPlace }) => redraws.push({ text, keepPlace }),
    scrollToBottom: () => {},
  });
  const runFrame = () => {
    for (const draw of frames.splice(0)) draw();
  };
  const rows = (text = "") => text.split("\r\n").length - 1;
  return { feed, frames, writes, redraws, runFrame, rows };
}

it("writes what arrived within a frame in one piece", () => {
  const { feed, frames, writes, runFrame, rows } = setUp();
  for (let at = 1; at <= 40; at += 1) feed.receive([line(at)]);
  expect(frames).toHaveLength(1);
  runFrame();
  expect(writes).toHaveLength(1);
  expect(rows(writes[0])).toBe(40);
});

it("holds new lines back while someone reads further up, counts them, and shows them on following", () => {
  const { feed, writes, runFrame, rows } = setUp();
  feed.receive(lines(1, 3));
  runFrame();
  feed.pause();
  feed.receive(lines(4, 8));
  runFrame();
  expect(feed.snapshot()).toMatchObject({ isFollowing: false, newLines: 5 });
  expect(writes).toHaveLength(1);
  feed.follow();
  expect(rows(writes[1])).toBe(5);
  expect(feed.snapshot()).toMatchObject({ isFollowing: true, newLines: 0 });
});

it("puts older lines in front and keeps what is being read in place", () => {
  const { feed, redraws, runFrame, rows } = setUp();
  feed.receive(lines(100, 110));
  runFrame();
  feed.pause();
  feed.receive(lines(111, 112));
  feed.addOlder(lines(90, 99));
  expect(redraws.at(-1)?.keepPlace).toBe(true);
  expect(rows(redraws.at(-1)?.text)).toBe(21);
  expect(feed.oldestId).toBe("90");
  feed.addOlder([]);
  expect(feed.snapshot().hasReachedStart).toBe(true);
});

it("filters by level without losing anything", () => {
  const { feed, redraws, runFrame } = setUp();
  feed.receive([line(1), line(2, "warn"), line(3, "fatal")]);
  runFrame();
  feed.setHidden(new Set(["info", "error"]));
  expect(redraws.at(-1)?.text).toContain("line 2");
  expect(redraws.at(-1)?.text).not.toMatch(/line [13]/);
  expect(feed.asText().split("\n")).toHaveLength(2);
  feed.setHidden(new Set());
  expect(redraws.at(-1)?.text).toContain("line 3");
});

it("shows a command and its reply at the end, also while reading further up", () => {
  const { feed, writes, runFrame } = setUp();
  feed.receive(lines(1, 2));
  runFrame();
  feed.pause();
  feed.note({ kind: "command", command: "list", reply: "nobody" });
  expect(feed.snapshot().isFollowing).toBe(true);
  expect(writes.at(-1)).toContain("nobody");
});

it("survives a flood in a hidden tab, where no frames come, and keeps the newest", () => {
  const { feed, writes, runFrame, rows } = setUp();
  for (let at = 0; at < 100; at += 1) feed.receive(lines(at * 1_000 + 1, at * 1_000 + 1_000));
  runFrame();
  expect(rows(writes[0])).toBe(5_000);
  expect(writes[0]?.trimEnd().endsWith("line 100000\u001b[0m")).toBe(true);
  expect(feed.snapshot().loaded).toBe(5_000);
});
