/** What is selected in a list, by path. */
export interface Selection {
  selected: ReadonlySet<string>;
  /** Where keys act and Shift ends. */
  active: string | null;
  /** Where Shift begins. */
  anchor: string | null;
}

export interface Keys {
  /** From the anchor to here. */
  isRange?: boolean;
  /** Keep what is selected already (Ctrl or Cmd). */
  isAdding?: boolean;
}

type List = readonly { path: string }[];

export const nothingSelected: Selection = { selected: new Set(), active: null, anchor: null };

/** A click, or a key that ends at this entry. */
export function selectAt(list: List, before: Selection, path: string, { isRange, isAdding }: Keys = {}): Selection {
  if (isRange) {
    const range = between(list, before.anchor ?? before.active ?? path, path);
    const selected = new Set(isAdding ? [...before.selected, ...range] : range);
    return { selected, active: path, anchor: before.anchor ?? before.active ?? path };
  }
  if (isAdding) return toggleAt(before, path);
  return { selected: new Set([path]), active: path, anchor: path };
}

/** Puts one entry in or takes it out. */
export function toggleAt({ selected }: Selection, path: string): Selection {
  const next = new Set(selected);
  if (!next.delete(path)) next.add(path);
  return { selected: next, active: path, anchor: path };
}

/** Moves the active entry by so many rows, ending at the edges. With Ctrl only it moves, without selecting. */
export function moveBy(list: List, before: Selection, rows: number, keys: Keys = {}): Selection {
  const at = list.findIndex(({ path }) => path === before.active);
  const start = at < 0 ? (rows > 0 ? -1 : list.length) : at;
  const target = list[Math.min(list.length - 1, Math.max(0, start + rows))];
  if (!target) return before;
  if (keys.isAdding && !keys.isRange) return { ...before, active: target.path };
  return selectAt(list, before, target.path, keys);
}

export function selectAll(list: List, before: Selection): Selection {
  return { ...before, selected: new Set(list.map(({ path }) => path)) };
}

/** Where keys act on once the entry that stood at this place is gone: the next one that is still there, or the last before it. */
export function neighbourOf(before: List, at: number, now: List): string | null {
  const left = new Set(now.map(({ path }) => path));
  const next = before.slice(at).find(({ path }) => left.has(path));
  return (next ?? before.slice(0, at).findLast(({ path }) => left.has(path)))?.path ?? null;
}

function between(list: List, from: string, to: string): string[] {
  const start = list.findIndex(({ path }) => path === from);
  const end = list.findIndex(({ path }) => path === to);
  if (end < 0) return [];
  if (start < 0) return [to];
  return list.slice(Math.min(start, end), Math.max(start, end) + 1).map(({ path }) => path);
}
