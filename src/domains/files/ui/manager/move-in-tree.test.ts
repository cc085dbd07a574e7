// @vitest-environment happy-dom
import { beforeEach, expect, it } from "vitest";
import { moveInTree } from "./move-in-tree";

let toggled: [string, boolean][];
beforeEach(() => {
  toggled = [];
  document.body.innerHTML = `<div role="tree">
    <div role="treeitem" tabindex="0" data-folder="" aria-label="Top" aria-expanded="true">
      <div role="group">
        <div role="treeitem" tabindex="-1" data-folder="a" aria-label="Alpha" aria-expanded="false"></div>
        <div role="treeitem" tabindex="-1" data-folder="b" aria-label="beta" aria-expanded="true">
          <div role="group"><div role="treeitem" tabindex="-1" data-folder="b/c" aria-label="gamma"></div></div>
        </div>
      </div>
    </div>
  </div>`;
});

const item = (folder: string) => document.querySelector<HTMLElement>(`[data-folder="${folder}"]`) as HTMLElement;
function press(key: string, from: string) {
  item(from).focus();
  const tree = document.querySelector<HTMLElement>("[role=tree]") as HTMLElement;
  const isUsed = moveInTree(key, tree, item(from), (folder, isOpen) => toggled.push([folder, isOpen]));
  return isUsed ? (document.activeElement as HTMLElement).dataset.folder : null;
}

it("walks down and up through what is open, and to both ends", () => {
  expect([press("ArrowDown", ""), press("ArrowDown", "a"), press("ArrowDown", "b"), press("ArrowDown", "b/c")]).toEqual(
    ["a", "b", "b/c", "b/c"],
  );
  expect([press("ArrowUp", "b"), press("Home", "b/c"), press("End", "")]).toEqual(["a", "", "b/c"]);
});

it("opens, steps in, closes and steps out", () => {
  press("ArrowRight", "a");
  press("ArrowLeft", "b");
  expect(toggled).toEqual([
    ["a", true],
    ["b", false],
  ]);
  expect(press("ArrowRight", "b")).toBe("b/c");
  expect(press("ArrowLeft", "b/c")).toBe("b");
  expect(press("Tab", "a")).toBeNull();
});

it("goes to the next name that begins with a letter", () => {
  expect([press("b", ""), press("A", "b"), press("g", "a"), press("x", "a")]).toEqual(["b", "a", "b/c", "a"]);
  expect(press("/", "a")).toBeNull();
});
