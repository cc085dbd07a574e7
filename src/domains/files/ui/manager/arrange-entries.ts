import type { FileEntry } from "../../contract";

export const sortKeys = ["name", "size", "modifiedAt"] as const;
export interface Sort {
  by: (typeof sortKeys)[number];
  isDescending: boolean;
}

interface Row {
  entry: FileEntry;
  /** The name so that plain comparison brings `r.2` before `r.10` and `B` after `a`. */
  key: string;
}
type Compare = (a: Row, b: Row) => number;

/** Parts of a folder never change, so that each is sorted once: a new part costs its own size and one merge. */
const sorted = new WeakMap<readonly FileEntry[], Map<string, Row[]>>();

/** Entries that the filter lets through, folders first. Every word of the filter must be in the name. */
export function arrangeEntries(parts: readonly (readonly FileEntry[])[], sort: Sort, filter: string): FileEntry[] {
  const compare = comparison(sort);
  let rows = parts.map((part) => sortPart(part, sort, compare));
  while (rows.length > 1)
    rows = rows.flatMap((part, at) => (at % 2 === 1 ? [] : [merge(part, rows[at + 1] ?? [], compare)]));
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const entries = (rows[0] ?? []).map(({ entry }) => entry);
  if (words.length === 0) return entries;
  return entries.filter(({ name }) => {
    const text = name.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function sortPart(part: readonly FileEntry[], { by, isDescending }: Sort, compare: Compare): Row[] {
  const known = sorted.get(part) ?? new Map<string, Row[]>();
  sorted.set(part, known);
  const id = `${by} ${isDescending}`;
  const rows = known.get(id) ?? part.map((entry) => ({ entry, key: sortKey(entry.name) })).sort(compare);
  known.set(id, rows);
  return rows;
}

function comparison({ by, isDescending }: Sort): Compare {
  const turn = isDescending ? -1 : 1;
  const byName: Compare = (a, b) => order(a.key, b.key) || order(a.entry.name, b.entry.name);
  const value = ({ entry }: Row) => (by === "size" ? entry.size : entry.modifiedAt.getTime());
  const bySort: Compare = by === "name" ? byName : (a, b) => value(a) - value(b) || byName(a, b);
  return (a, b) => Number(b.entry.kind === "folder") - Number(a.entry.kind === "folder") || turn * bySort(a, b);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function merge(a: Row[], b: Row[], compare: Compare): Row[] {
  const merged: Row[] = [];
  let [i, j] = [0, 0];
  for (let first = a[i], second = b[j]; first || second; ) {
    if (first && (!second || compare(first, second) <= 0)) {
      merged.push(first);
      first = a[++i];
    } else if (second) {
      merged.push(second);
      second = b[++j];
    }
  }
  return merged;
}

/** Numbers by their value: their length goes first. */
function sortKey(name: string): string {
  return name.toLowerCase().replace(/\d+/g, (digits) => {
    const value = digits.replace(/^0+(?=.)/, "");
    return String.fromCharCode(48 + Math.min(value.length, 78)) + value;
  });
}
