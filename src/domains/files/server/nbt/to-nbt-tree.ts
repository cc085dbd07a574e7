import type { NbtTag } from "../../nbt-contract";

/** Tags that are told of one file, of one list, and how deep. */
const maxTags = 50_000;
const maxItems = 1000;
const maxDepth = 64;

/** The library's objects as tags for people; `isComplete` is false when something had to be left out. */
export function toNbtTree(root: { type: string; value: unknown }): { tag: NbtTag; isComplete: boolean } {
  const state = { left: maxTags, isComplete: true };
  const tag = toTag(state, root.type, root.value, 0);
  return { tag, isComplete: state.isComplete };
}

interface State {
  left: number;
  isComplete: boolean;
}

function toTag(state: State, kind: string, value: unknown, depth: number): NbtTag {
  state.left--;
  if (kind === "compound") {
    const entries = Object.entries(value as Record<string, { type: string; value: unknown }>);
    return withChildren(
      state,
      kind,
      entries.map(([name, tag]) => ({ name, kind: tag.type, value: tag.value })),
      depth,
    );
  }
  if (kind === "list") {
    const { type, value: items } = value as { type: string; value: unknown[] };
    return withChildren(
      state,
      kind,
      items.map((item, index) => ({ name: String(index), kind: type, value: item })),
      depth,
    );
  }
  const item = { byteArray: "byte", intArray: "int", shortArray: "short", longArray: "long" }[kind];
  if (item)
    return withChildren(
      state,
      kind,
      (value as unknown[]).map((one, index) => ({ name: String(index), kind: item, value: one })),
      depth,
    );
  return { kind, value: kind === "long" ? longText(value) : String(value) };
}

function withChildren(
  state: State,
  kind: string,
  all: readonly { name: string; kind: string; value: unknown }[],
  depth: number,
): NbtTag {
  const room = depth >= maxDepth ? 0 : Math.max(0, Math.min(all.length, maxItems, state.left));
  if (room < all.length) state.isComplete = false;
  const children = all.slice(0, room).map((child) => ({
    name: child.name,
    tag: toTag(state, child.kind, child.value, depth + 1),
  }));
  return { kind, children, ...(room < all.length && { count: all.length }) };
}

/** The library gives a long as its two halves. */
function longText(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const [high, low] = value as [number, number];
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low >>> 0)).toString();
}
