import { expect, it } from "vitest";
import { offeredActs, sourceKind } from "./permission-source";

const source = (role: boolean, granted: boolean, denied: boolean) => ({
  permission: "files.view" as const,
  role,
  granted,
  denied,
  effective: (role || granted) && !denied,
});
const all = { grant: true, deny: true, held: true };

it("says where each of the eight combinations comes from", () => {
  expect(sourceKind(source(false, false, false))).toBe("none");
  expect(sourceKind(source(true, false, false))).toBe("role");
  expect(sourceKind(source(false, true, false))).toBe("granted");
  expect(sourceKind(source(true, true, false))).toBe("grantedToo");
  expect(sourceKind(source(false, false, true))).toBe("denied");
  expect(sourceKind(source(false, true, true))).toBe("denied");
  expect(sourceKind(source(true, false, true))).toBe("deniedRole");
  expect(sourceKind(source(true, true, true))).toBe("deniedRole");
});

it("offers what changes something", () => {
  expect(offeredActs(source(false, false, false), all)).toEqual(["grant"]);
  expect(offeredActs(source(true, false, false), all)).toEqual(["deny"]);
  expect(offeredActs(source(false, true, false), all)).toEqual(["clear", "deny"]);
  expect(offeredActs(source(true, false, true), all)).toEqual(["clear"]);
});

it("does not offer to give what one lacks, nor what one may not do", () => {
  expect(offeredActs(source(false, false, false), { ...all, held: false })).toEqual([]);
  expect(offeredActs(source(true, false, true), { ...all, held: false })).toEqual([]);
  expect(offeredActs(source(false, false, true), { ...all, held: false })).toEqual(["clear"]);
  expect(offeredActs(source(false, true, false), { grant: false, deny: true, held: true })).toEqual(["deny"]);
  expect(offeredActs(source(true, false, false), { grant: true, deny: false, held: true })).toEqual([]);
});
