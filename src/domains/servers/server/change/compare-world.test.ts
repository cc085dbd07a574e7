import { expect, it } from "vitest";
import { compareWithWorld } from "./compare-world";

it.each([
  ["1.21.11", { dataVersion: 4671, name: "1.21.11" }, "same"],
  ["1.20.4", { dataVersion: 4671, name: "1.21.11" }, "older"],
  ["1.21.11", { dataVersion: 3700, name: "1.20.4" }, "newer"],
  // The number wins over a name that a fork has made up.
  ["1.20.4", { dataVersion: 3953, name: "Purple 1.0" }, "older"],
  // A version that is newer than the table is compared by name.
  ["26.2", { dataVersion: 4671, name: "1.21.11" }, "newer"],
  ["1.21.11", { dataVersion: 9999, name: "26.1" }, "older"],
  ["26.1", { dataVersion: 4671, name: null }, "newer"],
  ["1.21.5", { dataVersion: null, name: "25w10a" }, "newer"],
  ["26.1", { dataVersion: 9999, name: null }, "unknown"],
  ["26.1", { dataVersion: null, name: "Purple" }, "unknown"],
] as const)("%s for a world of %j is %s", (version, world, expected) => {
  expect(compareWithWorld(version, world)).toBe(expected);
});
