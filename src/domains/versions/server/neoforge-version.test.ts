import { expect, it } from "vitest";
import { parseLegacyVersion, parseNeoForgeVersion } from "./neoforge-version";

it.each([
  ["20.2.3-beta", "1.20.2", "beta"],
  ["21.0.167", "1.21", "release"],
  ["21.1.248", "1.21.1", "release"],
  ["21.11.45", "1.21.11", "release"],
  ["26.1.0.19-beta", "26.1", "beta"],
  ["26.1.2.97", "26.1.2", "release"],
  ["26.2.0.66", "26.2", "release"],
  ["26.1.0.0-alpha.15+pre-3", "26.1-pre-3", "alpha"],
  ["26.3.0.0-alpha.1+snapshot-6", "26.3-snapshot-6", "alpha"],
])("reads %s as one for %s", (text, game, channel) => {
  expect(parseNeoForgeVersion(text)).toEqual({ game, channel });
});

it.each(["0.25w14craftmine.3-beta", "1.20.1-47.1.106", "21", "21.1", "21.1.2.3.4", "x", ""])(
  "does not guess at %j",
  (text) => {
    expect(parseNeoForgeVersion(text)).toBeNull();
  },
);

it("knows the older name of 1.20.1", () => {
  expect(parseLegacyVersion("1.20.1-47.1.106")).toEqual({ game: "1.20.1", channel: "release" });
  expect(parseLegacyVersion("21.1.248")).toBeNull();
});
