import { expect, it } from "vitest";
import { buildSortKey } from "./build-sort-key";

it("puts builds in order by their numbers, with alpha and beta before what they lead to", () => {
  const ordered = [
    "20.2.3-beta",
    "20.2.93",
    "21.1.9",
    "21.1.10",
    "21.1.248",
    "26.1.0.0-alpha.2+snapshot-1",
    "26.1.0.0-alpha.15+pre-3",
    "26.1.0.0-beta",
    "26.1.0.0",
    "26.1.0.19-beta",
    "26.1.2.97",
  ];
  expect([...ordered].reverse().sort((a, b) => (buildSortKey(a) < buildSortKey(b) ? -1 : 1))).toEqual(ordered);
  expect(buildSortKey("99") < buildSortKey("2416")).toBe(true);
});

it("is digits of one length, whatever it is given", () => {
  for (const text of ["", "x", "1", "1.2.3.4.5.6", "999999999999", "0.4.8+build.155", "1-alpha.123456789012"])
    expect(buildSortKey(text)).toMatch(/^\d{49}$/);
});
