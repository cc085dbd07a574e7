import { expect, it } from "vitest";
import { moveBy, neighbourOf, nothingSelected, type Selection, selectAll, selectAt, toggleAt } from "./select-rows";

const list = ["a", "b", "c", "d", "e"].map((path) => ({ path }));
const at = (path: string): Selection => ({ selected: new Set([path]), active: path, anchor: path });
const shown = ({ selected, active }: Selection) => `${[...selected].sort().join("")} ${active}`;

it("selects one by a click, more with Ctrl, a range with Shift", () => {
  expect(shown(selectAt(list, at("a"), "c"))).toBe("c c");
  const both = selectAt(list, at("a"), "c", { isAdding: true });
  expect(shown(both)).toBe("ac c");
  expect(shown(selectAt(list, both, "a", { isAdding: true }))).toBe("c a");
  expect(shown(selectAt(list, at("b"), "d", { isRange: true }))).toBe("bcd d");
  // The range is always counted from where it began.
  const range = selectAt(list, at("c"), "e", { isRange: true });
  expect(shown(selectAt(list, range, "a", { isRange: true }))).toBe("abc a");
  expect(shown(selectAt(list, both, "e", { isRange: true, isAdding: true }))).toBe("acde e");
});

it("moves by keys, ends at the edges, and moves without selecting with Ctrl", () => {
  expect(shown(moveBy(list, nothingSelected, 1))).toBe("a a");
  expect(shown(moveBy(list, nothingSelected, -1))).toBe("e e");
  expect(shown(moveBy(list, at("d"), 10))).toBe("e e");
  expect(shown(moveBy(list, at("b"), 1, { isRange: true }))).toBe("bc c");
  expect(shown(moveBy(list, at("b"), 2, { isAdding: true }))).toBe("b d");
  expect(moveBy([], nothingSelected, 1)).toBe(nothingSelected);
});

it("goes on from the edge when the active entry has gone", () => {
  expect(shown(moveBy(list, at("gone"), 1))).toBe("a a");
  expect(shown(selectAt(list, at("gone"), "c", { isRange: true }))).toBe("c c");
});

it("selects all and toggles", () => {
  expect(shown(selectAll(list, at("b")))).toBe("abcde b");
  expect(shown(toggleAt(at("b"), "b"))).toBe(" b");
});

it("goes to the neighbour of what is gone", () => {
  const left = (paths: string) => list.filter(({ path }) => paths.includes(path));
  expect(neighbourOf(list, 2, left("abde"))).toBe("d");
  expect(neighbourOf(list, 4, left("ab"))).toBe("b");
  expect(neighbourOf(list, 0, left("e"))).toBe("e");
  expect(neighbourOf(list, 1, [])).toBeNull();
});
