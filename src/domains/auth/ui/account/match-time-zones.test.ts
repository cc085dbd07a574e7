import { expect, it } from "vitest";
import { isTimeZone } from "@/lib/is-time-zone";
import { knownTimeZones, matchTimeZones, timeZoneName, timeZoneOffset } from "./match-time-zones";

const zones = ["UTC", "America/New_York", "America/Indiana/Vevay", "Asia/Tokyo", "Asia/Kolkata", "Europe/Berlin"];
const winter = new Date("2026-01-15T12:00:00Z");
const match = (search: string) => matchTimeZones(zones, search, (zone) => timeZoneOffset(zone, winter));

it("offers only zones that the server takes, UTC among them once", () => {
  const known = knownTimeZones();
  expect(known.length).toBeGreaterThan(300);
  expect(known.filter((zone) => zone === "UTC")).toHaveLength(1);
  expect(known.filter((zone) => !isTimeZone(zone))).toEqual([]);
});

it("knows cities by their names of today", () => {
  const known = knownTimeZones();
  expect(known).toEqual(expect.arrayContaining(["Asia/Kolkata", "Asia/Kathmandu", "Europe/Kyiv", "Asia/Ho_Chi_Minh"]));
  expect(known).not.toContain("Asia/Calcutta");
  expect(new Set(known).size).toBe(known.length);
  expect(timeZoneName("Asia/Calcutta")).toBe("Asia/Kolkata");
});

it("finds by words of the name, however they are written, and by offset", () => {
  expect(match("new york")).toEqual(["America/New_York"]);
  expect(match("New_York")).toEqual(["America/New_York"]);
  expect(match("asia/tok")).toEqual(["Asia/Tokyo"]);
  expect(match("+5:30")).toEqual(["Asia/Kolkata"]);
  expect(match("mars")).toEqual([]);
  expect(match("  ")).toEqual(zones);
});

it("puts cities that begin with the text first", () => {
  expect(match("in")).toEqual(["America/Indiana/Vevay", "Europe/Berlin"].filter((zone) => /in/i.test(zone)));
  expect(matchTimeZones(["America/Indiana/Vevay", "Asia/India"], "india", () => "")[0]).toBe("Asia/India");
});

it("writes names and offsets for reading", () => {
  expect(timeZoneName("America/Argentina/Buenos_Aires")).toBe("America/Argentina/Buenos Aires");
  expect(timeZoneOffset("Asia/Tokyo", winter)).toBe("GMT+9");
  expect(timeZoneOffset("Europe/Berlin", new Date("2026-07-15T12:00:00Z"))).toBe("GMT+2");
});
