import type { Retention, Snapshot } from "../../contract";

export type RetentionItem = Pick<
  Snapshot,
  "id" | "resource" | "path" | "type" | "status" | "isPinned" | "createdAt" | "verification"
>;

export interface RetentionRules {
  /** For scheduled snapshots. */
  scheduled: Retention;
  /** How many of each other type are kept per resource. */
  others: number;
  isInUse(snapshotId: string): boolean;
}

/**
 * Complete snapshots that need not be kept. Never among them: pinned ones, the newest good one of each resource, and any that is in
 * use. The types are counted apart, so that automatic ones never push out what somebody took by hand.
 */
export function chooseRemovable<Item extends RetentionItem>(items: readonly Item[], rules: RetentionRules): Item[] {
  const newestFirst = items
    .filter(({ status }) => status === "complete")
    .sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1));
  const kept = new Set<string>();
  for (const group of groupBy(newestFirst, ({ resource, path }) => `${resource} ${path}`)) {
    const good = group.find(({ verification }) => verification !== "damaged") ?? group[0];
    if (good) kept.add(good.id);
  }
  for (const item of newestFirst) if (item.isPinned || rules.isInUse(item.id)) kept.add(item.id);
  const loose = newestFirst.filter(({ isPinned }) => !isPinned);
  for (const group of groupBy(loose, ({ resource, path, type }) => `${type} ${resource} ${path}`)) {
    const isScheduled = group[0]?.type === "scheduled";
    for (const id of isScheduled
      ? keptByTiers(group, rules.scheduled)
      : group.slice(0, rules.others).map(({ id }) => id))
      kept.add(id);
  }
  return newestFirst.filter(({ id }) => !kept.has(id));
}

const tiers = {
  hourly: (date: Date) => date.toISOString().slice(0, 13),
  daily: (date: Date) => date.toISOString().slice(0, 10),
  weekly: weekOf,
  monthly: (date: Date) => date.toISOString().slice(0, 7),
} as const;

/** The newest `last`, and of the newest hours, days, weeks and months (UTC) that have any the newest of each. */
export function keptByTiers(
  newestFirst: readonly Pick<RetentionItem, "id" | "createdAt">[],
  retention: Retention,
): string[] {
  const kept = newestFirst.slice(0, retention.last).map(({ id }) => id);
  for (const [tier, nameOf] of Object.entries(tiers) as [keyof typeof tiers, (date: Date) => string][]) {
    const seen = new Set<string>();
    for (const { id, createdAt } of newestFirst) {
      const name = nameOf(createdAt);
      if (seen.has(name)) continue;
      if (seen.size === retention[tier]) break;
      seen.add(name);
      kept.push(id);
    }
  }
  return kept;
}

/** Weeks begin on Monday: named by that day. */
function weekOf(date: Date): string {
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  return new Date(date.getTime() - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
}
