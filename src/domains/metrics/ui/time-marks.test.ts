import { expect, it } from "vitest";
import { toZonedText } from "@/lib/zoned-time";
import { timeMarks } from "./time-marks";

const ending = (range: "1h" | "24h" | "7d" | "30d", to: string, timeZone: string) => {
  const hours = { "1h": 1, "24h": 24, "7d": 168, "30d": 720 }[range];
  const end = new Date(to);
  return timeMarks(range, new Date(end.getTime() - hours * 3_600_000), end, timeZone);
};
const clocks = (marks: ReturnType<typeof ending>, timeZone: string) =>
  marks.map(({ time }) => toZonedText(time, timeZone).slice(5));

it("marks round times of the viewer's clock", () => {
  expect(clocks(ending("1h", "2026-05-04T10:07:15Z", "UTC"), "UTC")).toEqual([
    "05-04T09:10",
    "05-04T09:20",
    "05-04T09:30",
    "05-04T09:40",
    "05-04T09:50",
    "05-04T10:00",
  ]);
  const tokyo = clocks(ending("7d", "2026-05-04T10:30:00Z", "Asia/Tokyo"), "Asia/Tokyo");
  expect(tokyo).toHaveLength(7);
  expect(tokyo.every((time) => time.endsWith("T00:00"))).toBe(true);
  const kathmandu = clocks(ending("24h", "2026-05-04T10:30:00Z", "Asia/Kathmandu"), "Asia/Kathmandu");
  expect(kathmandu.map((time) => time.slice(6))).toEqual(["20:00", "00:00", "04:00", "08:00", "12:00", "16:00"]);
  expect(ending("30d", "2026-05-04T10:30:00Z", "Asia/Tokyo")).toHaveLength(6);
});

it("stays on midnights across a change of clocks", () => {
  const marks = clocks(ending("7d", "2026-03-31T10:00:00Z", "Europe/Berlin"), "Europe/Berlin");
  expect(marks).toEqual(["25", "26", "27", "28", "29", "30", "31"].map((day) => `03-${day}T00:00`));
});
