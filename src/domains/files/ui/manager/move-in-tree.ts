/**
 * Moves the focus among the items of a tree that are there, as the arrow keys do in every tree. `item` has the focus; opening and closing
 * goes by its `data-folder`, a letter to the next name that begins with it. True if the key meant something.
 */
export function moveInTree(
  key: string,
  tree: HTMLElement,
  item: HTMLElement,
  toggle: (folder: string, isOpen: boolean) => void,
): boolean {
  const items = [...tree.querySelectorAll<HTMLElement>("[role=treeitem]")];
  const at = items.indexOf(item);
  const folder = item.dataset.folder;
  if (at < 0 || folder === undefined) return false;
  const isOpen = item.getAttribute("aria-expanded") === "true";
  const isClosed = item.getAttribute("aria-expanded") === "false";
  if (key === "ArrowDown") items[at + 1]?.focus();
  else if (key === "ArrowUp") items[at - 1]?.focus();
  else if (key === "Home") items[0]?.focus();
  else if (key === "End") items.at(-1)?.focus();
  else if (key === "ArrowRight" && isClosed) toggle(folder, true);
  else if (key === "ArrowRight") item.querySelector<HTMLElement>("[role=treeitem]")?.focus();
  else if (key === "ArrowLeft" && isOpen) toggle(folder, false);
  else if (key === "ArrowLeft") item.parentElement?.closest<HTMLElement>("[role=treeitem]")?.focus();
  else if ([...key].length === 1 && key !== " " && key !== "/" && key !== "?") {
    const around = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    around.find((other) => other.getAttribute("aria-label")?.toLowerCase().startsWith(key.toLowerCase()))?.focus();
  } else return false;
  return true;
}
