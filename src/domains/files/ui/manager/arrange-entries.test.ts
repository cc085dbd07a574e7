import fc from "fast-check";
import { expect, it } from "vitest";
import type { FileEntry } from "../../contract";
import { arrangeEntries, type Sort } from "./arrange-entries";

const entry = (name: string, part: Partial<FileEntry> = {}): FileEntry => ({
  name,
  path: name,
  kind: "file",
  size: 1,
  modifiedAt: new Date(0),
  mode: 0o644,
  ...part,
});
const byName: Sort = { by: "name", isDescending: false };
const names = (entries: FileEntry[]) => entries.map(({ name }) => name);

it("brings folders first, names as people count and regardless of their case", () => {
  const part = ["r.10.mca", "r.2.mca", "B", "a", "r.02.mca"].map((name) => entry(name));
  const folder = entry("zoo", { kind: "folder" });
  expect(names(arrangeEntries([[...part, folder]], byName, ""))).toEqual([
    "zoo",
    "a",
    "B",
    "r.02.mca",
    "r.2.mca",
    "r.10.mca",
  ]);
  const down = arrangeEntries([[...part, folder]], { by: "name", isDescending: true }, "");
  expect(names(down).slice(0, 2)).toEqual(["zoo", "r.10.mca"]);
});

it("sorts by size and time, then by name", () => {
  const part = [
    entry("b", { size: 5, modifiedAt: new Date(3) }),
    entry("a", { size: 5, modifiedAt: new Date(9) }),
    entry("c", { size: 1, modifiedAt: new Date(4) }),
  ];
  expect(names(arrangeEntries([part], { by: "size", isDescending: false }, ""))).toEqual(["c", "a", "b"]);
  expect(names(arrangeEntries([part], { by: "modifiedAt", isDescending: true }, ""))).toEqual(["a", "c", "b"]);
});

it("lets through what holds every word", () => {
  const part = ["latest.log", "Server.log", "server.jar"].map((name) => entry(name));
  expect(names(arrangeEntries([part], byName, "LOG ser"))).toEqual(["Server.log"]);
});

it("makes of any parts what it makes of the whole", () => {
  const list = fc.array(
    fc.record({ name: fc.string({ minLength: 1, maxLength: 4 }), size: fc.nat(3), isFolder: fc.boolean() }),
    { maxLength: 40 },
  );
  const sort = fc.record({ by: fc.constantFrom("name", "size", "modifiedAt"), isDescending: fc.boolean() });
  fc.assert(
    fc.property(list, fc.nat(10), fc.nat(30), sort, (found, first, second, by) => {
      const all = [...new Map(found.map((item) => [item.name, item])).values()].map(({ name, size, isFolder }) =>
        entry(name, { size, kind: isFolder ? "folder" : "file" }),
      );
      const parts = [all.slice(0, first), all.slice(first, first + second), all.slice(first + second)];
      expect(arrangeEntries(parts, by as Sort, "")).toEqual(arrangeEntries([all], by as Sort, ""));
    }),
  );
});

it("is quick with 100,000 entries, and quicker when only one more part has come", () => {
  const parts = Array.from({ length: 10 }, (_, part) =>
    Array.from({ length: 10_000 }, (_, index) => entry(`file-${part * 10_000 + index}.txt`)),
  );
  const took = (work: () => unknown) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  expect(took(() => arrangeEntries(parts, byName, ""))).toBeLessThan(2_000);
  // Nothing is sorted a second time.
  expect(took(() => arrangeEntries(parts, byName, "99999"))).toBeLessThan(500);
});
