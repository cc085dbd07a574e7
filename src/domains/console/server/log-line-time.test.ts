import { describe, expect, it } from "vitest";
import { createLineClock, dateLinesBack } from "./log-line-time";

const utc = () => 0;
/** Central Europe: summer time ends on 2026-10-25 at 01:00 UTC. */
const europe = (at: number) => (at < Date.UTC(2026, 9, 25, 1) ? 7_200_000 : 3_600_000);

describe("forwards", () => {
  it("puts the first line at or before the reference, and a little after it only by an hour", () => {
    const at = (reference: string, time: string) => createLineClock(new Date(reference), utc)(time);
    expect(at("2026-11-22T12:00:00Z", "11:59:58")).toBe("2026-11-22T11:59:58.000Z");
    expect(at("2026-11-22T00:00:01Z", "23:59:59")).toBe("2026-11-21T23:59:59.000Z");
    expect(at("2026-11-22T08:00:00Z", "22:00:00")).toBe("2026-11-21T22:00:00.000Z");
    expect(at("2026-11-22T23:59:59Z", "00:00:01")).toBe("2026-11-23T00:00:01.000Z");
  });

  it("goes over midnight, bears lines out of order, and gives lines without a time the previous one's", () => {
    const clock = createLineClock(new Date("2026-12-31T23:59:00Z"), utc);
    const times = [null, "23:59:58", "23:59:59", "23:59:58", null, "00:00:01", "13:00:00", "12:59:59", "01:00:00"];
    expect(times.map((time) => clock(time))).toEqual([
      "2026-12-31T23:59:00.000Z",
      "2026-12-31T23:59:58.000Z",
      "2026-12-31T23:59:59.000Z",
      "2026-12-31T23:59:58.000Z",
      "2026-12-31T23:59:58.000Z",
      "2027-01-01T00:00:01.000Z",
      "2027-01-01T13:00:00.000Z",
      "2027-01-01T12:59:59.000Z",
      "2027-01-02T01:00:00.000Z",
    ]);
  });

  it("knows by the moment of arrival how many days a silence was long", () => {
    const clock = createLineClock(new Date("2026-11-20T10:00:00Z"), utc);
    clock("10:00:00");
    expect(clock("11:00:00", "2026-11-22T11:00:01.200Z")).toBe("2026-11-22T11:00:00.000Z");
  });

  it("reckons in the server's zone, through the end of summer time", () => {
    const clock = createLineClock(new Date("2026-10-24T22:30:00Z"), europe);
    expect(clock("00:30:00")).toBe("2026-10-24T22:30:00.000Z");
    expect(clock("02:59:59")).toBe("2026-10-25T01:59:59.000Z");
    expect(clock("04:00:00")).toBe("2026-10-25T03:00:00.000Z");
  });

  it("does not believe impossible times", () => {
    const clock = createLineClock(new Date("2026-11-22T12:00:00Z"), utc);
    expect(clock("99:99:99")).toBe("2026-11-22T12:00:00.000Z");
  });
});

describe("backwards", () => {
  it("dates the lines of several days from the last one's", () => {
    const times = [null, "22:00:00", null, "09:30:00", "08:00:00", "07:59:59", null];
    expect(dateLinesBack(times, new Date("2026-11-22T08:00:05Z"), utc)).toEqual([
      "2026-11-20T22:00:00.000Z",
      "2026-11-20T22:00:00.000Z",
      "2026-11-20T22:00:00.000Z",
      "2026-11-21T09:30:00.000Z",
      "2026-11-22T08:00:00.000Z",
      "2026-11-22T07:59:59.000Z",
      "2026-11-22T07:59:59.000Z",
    ]);
  });

  it("has the end's time where no line has one", () => {
    expect(dateLinesBack([null, null], new Date("2026-11-22T08:00:05Z"), utc)).toEqual(
      Array(2).fill("2026-11-22T08:00:05.000Z"),
    );
    expect(dateLinesBack([], new Date())).toEqual([]);
  });
});
