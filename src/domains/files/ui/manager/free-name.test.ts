import { expect, it } from "vitest";
import { freeName, splitName } from "./free-name";

it("finds the next name that is free", () => {
  expect(freeName("a.txt", new Set())).toBe("a.txt");
  expect(freeName("a.txt", new Set(["a.txt", "a (2).txt"]))).toBe("a (3).txt");
  expect(freeName("world", new Set(["world"]))).toBe("world (2)");
});

it("keeps endings whole", () => {
  expect(splitName("backup.tar.gz")).toEqual(["backup", ".tar.gz"]);
  expect(splitName(".hidden")).toEqual([".hidden", ""]);
  expect(splitName("a.b.c")).toEqual(["a.b", ".c"]);
});
