import { expect, it } from "vitest";
import type { VersionEntry } from "@/domains/versions/contract";
import { matchVersions } from "./match-versions";

const entry = (version: string, channel = "release", build: string | null = null): VersionEntry => ({
  type: "paper",
  version,
  build,
  stable: channel === "release",
  channel,
  javaMajor: 21,
  sizeBytes: 1,
  releasedAt: null,
});
const all = [entry("26.1.21"), entry("1.21.11", "beta", "113"), entry("1.21.10", "release", "91"), entry("1.8.9")];
const found = (search: string) => matchVersions(all, search).map(({ version }) => version);

it("keeps the order without a search and puts what begins with it first", () => {
  expect(found("  ")).toEqual(["26.1.21", "1.21.11", "1.21.10", "1.8.9"]);
  expect(found("1.21")).toEqual(["1.21.11", "1.21.10", "26.1.21"]);
});

it("finds every word, in version, build and channel", () => {
  expect(found("1.21 BETA")).toEqual(["1.21.11"]);
  expect(found("91")).toEqual(["1.21.10"]);
  expect(found("nothing")).toEqual([]);
});
