import { expect, it } from "vitest";
import type { VersionEntry } from "../contract";
import { filterVersions } from "./filter-versions";

const entry = (version: string, stable = true, build: string | null = null) =>
  ({ version, stable, build }) as VersionEntry;
const versions = [entry("26.1-snapshot-2", false), entry("1.21.11", true, "130"), entry("1.21.1"), entry("1.20.4")];
const names = (search: string, isStableOnly: boolean) =>
  filterVersions(versions, { search, isStableOnly }).map((v) => v.version);

it("finds by part of the number, in any case, in the given order", () => {
  expect(names("1.21", true)).toEqual(["1.21.11", "1.21.1"]);
  expect(names(" SNAPSHOT ", false)).toEqual(["26.1-snapshot-2"]);
  expect(names("", false)).toHaveLength(4);
});

it("finds by the whole build number, and hides previews when asked", () => {
  expect(names("130", true)).toEqual(["1.21.11"]);
  expect(names("13", true)).toEqual([]);
  expect(names("26", true)).toEqual([]);
});
