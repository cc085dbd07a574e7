import { z } from "zod";

const limit = 100;
const storedSchema = z.array(z.string().max(2000)).max(1000);

const keyOf = (serverId: string) => `mcsd.console.history.${serverId}`;

/** Commands sent to this server from this browser, oldest first. Anything unreadable counts as none. */
export function loadHistory(storage: Pick<Storage, "getItem">, serverId: string): string[] {
  try {
    const stored = storedSchema.safeParse(JSON.parse(storage.getItem(keyOf(serverId)) ?? "[]"));
    return stored.success ? stored.data.slice(-limit) : [];
  } catch {
    return [];
  }
}

/** Adds a command (a repeated one moves to the end) and keeps the newest hundred. */
export function rememberCommand(
  storage: Pick<Storage, "setItem">,
  serverId: string,
  history: readonly string[],
  command: string,
): string[] {
  const next = [...history.filter((earlier) => earlier !== command), command].slice(-limit);
  try {
    storage.setItem(keyOf(serverId), JSON.stringify(next));
  } catch {
    // A full or forbidden storage: the history lives on in this page alone.
  }
  return next;
}

export interface HistoryPosition {
  /** Index into the history; `history.length` is the line being typed. */
  index: number;
  /** What was typed before going up. */
  draft: string;
}

/** One step up (-1) or down (+1); gives the text to show, or null where there is nothing further. */
export function stepHistory(
  history: readonly string[],
  position: HistoryPosition,
  step: -1 | 1,
  typed: string,
): { position: HistoryPosition; text: string } | null {
  const index = position.index + step;
  if (index < 0 || index > history.length) return null;
  const draft = position.index === history.length ? typed : position.draft;
  return { position: { index, draft }, text: index === history.length ? draft : (history[index] ?? "") };
}
