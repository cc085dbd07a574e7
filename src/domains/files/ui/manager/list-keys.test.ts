import { expect, it } from "vitest";
import { listCommand } from "./list-keys";

const press = (text: string) => {
  const parts = text.split("+");
  return listCommand(
    {
      key: parts.at(-1) ?? "",
      shiftKey: parts.includes("Shift"),
      ctrlKey: parts.includes("Ctrl"),
      metaKey: parts.includes("Meta"),
      altKey: parts.includes("Alt"),
    },
    12,
  );
};

it.each([
  ["Enter", "open"],
  ["F2", "rename"],
  ["Delete", "delete"],
  ["Meta+Backspace", "delete"],
  ["Backspace", "up"],
  ["Alt+ArrowUp", "up"],
  ["Ctrl+A", "all"],
  ["Meta+c", "copy"],
  ["Ctrl+x", "cut"],
  ["Ctrl+v", "paste"],
  ["Ctrl+z", "undo"],
  ["Escape", "clear"],
  ["Shift+F10", "menu"],
  ["ContextMenu", "menu"],
  [" ", "toggle"],
])("%s means %s", (key, kind) => {
  expect(press(key)).toEqual({ kind });
});

it("moves by rows and pages, with what is held down", () => {
  expect(press("ArrowDown")).toEqual({ kind: "move", rows: 1, isRange: false, isAdding: false });
  expect(press("Shift+PageUp")).toEqual({ kind: "move", rows: -12, isRange: true, isAdding: false });
  expect(press("Ctrl+End")).toMatchObject({ kind: "move", isAdding: true });
});

it("takes what is typed as a name to find", () => {
  for (const letter of ["a", "S", "7", ".", "_", "é", "日"]) expect(press(letter)).toEqual({ kind: "find", letter });
});

it("leaves all other keys to the page and the browser", () => {
  for (const key of ["/", "?", "F5", "Ctrl+r", "Ctrl+Shift+c", "Alt+ArrowLeft", "Tab"]) expect(press(key)).toBeNull();
});
