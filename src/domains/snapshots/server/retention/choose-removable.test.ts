import fc from "fast-check";
import { expect, it } from "vitest";
import { type Retention, snapshotTypes } from "../../contract";
import { chooseRemovable, keptByTiers, type RetentionItem, type RetentionRules } from "./choose-removable";

const none: Retention = { last: 1, hourly: 0, daily: 0, weekly: 0, monthly: 0 };
const rules = (more: Partial<RetentionRules> = {}): RetentionRules => ({
  scheduled: none,
  others: 30,
  isInUse: () => false,
  ...more,
});

/** One every `hours`, the newest first, beginning on a Wednesday. */
function row(count: number, hours: number, more: Partial<RetentionItem> = {}): RetentionItem[] {
  const newest = Date.parse("2026-04-15T12:30:00Z");
  return Array.from({ length: count }, (_, index) => ({
    id: `${more.type ?? "scheduled"}-${more.path ?? ""}${String(index).padStart(4, "0")}`,
    resource: "server_full",
    path: "",
    type: "scheduled",
    status: "complete",
    isPinned: false,
    verification: null,
    createdAt: new Date(newest - index * hours * 3_600_000),
    ...more,
  }));
}

it("keeps the newest and the newest of each hour, day, week and month", () => {
  const items = row(24 * 100, 1);
  const kept = (retention: Partial<Retention>) =>
    items
      .filter(({ id }) => keptByTiers(items, { ...none, ...retention }).includes(id))
      .map(({ createdAt }) => createdAt.toISOString().slice(0, 13));
  expect(kept({ last: 3 })).toEqual(["2026-04-15T12", "2026-04-15T11", "2026-04-15T10"]);
  expect(kept({ daily: 3 })).toEqual(["2026-04-15T12", "2026-04-14T23", "2026-04-13T23"]);
  expect(kept({ weekly: 3 })).toEqual(["2026-04-15T12", "2026-04-12T23", "2026-04-05T23"]);
  expect(kept({ monthly: 3 })).toEqual(["2026-04-15T12", "2026-03-31T23", "2026-02-28T23"]);
  expect(kept({ hourly: 2, daily: 2 })).toEqual(["2026-04-15T12", "2026-04-15T11", "2026-04-14T23"]);
});

it("counts each type by itself", () => {
  const items = [...row(5, 1), ...row(5, 24, { type: "manual" })];
  const removed = chooseRemovable(items, rules({ others: 3 }));
  expect(removed.map(({ id }) => id).sort()).toEqual([
    "manual-0003",
    "manual-0004",
    "scheduled-0001",
    "scheduled-0002",
    "scheduled-0003",
    "scheduled-0004",
  ]);
});

it("never takes the newest good one, even if all that are newer are damaged", () => {
  const [first, second, third, fourth] = row(4, 1);
  const items = [first, second, third, fourth].filter((item) => item !== undefined);
  const damaged = items.map((item, index) => (index < 2 ? { ...item, verification: "damaged" as const } : item));
  expect(chooseRemovable(damaged, rules()).map(({ id }) => id)).toEqual(["scheduled-0001", "scheduled-0003"]);
});

it("whatever there is: pinned, used and last good ones stay, incomplete ones are no business of it, and a second run finds nothing", () => {
  const item = fc.record({
    resource: fc.constantFrom("server_full" as const, "world" as const),
    path: fc.constantFrom("", "world"),
    type: fc.constantFrom(...snapshotTypes),
    status: fc.constantFrom("complete" as const, "complete" as const, "failed" as const, "running" as const),
    isPinned: fc.boolean(),
    verification: fc.constantFrom(null, "good" as const, "damaged" as const),
    createdAt: fc.date({ min: new Date("2025-01-01"), max: new Date("2026-01-01"), noInvalidDate: true }),
  });
  const keep = fc.nat({ max: 5 });
  const retention = fc.record({
    last: fc.integer({ min: 1, max: 5 }),
    hourly: keep,
    daily: keep,
    weekly: keep,
    monthly: keep,
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 60 }), retention, fc.nat({ max: 4 }), (found, scheduled, others) => {
      const items: RetentionItem[] = found.map((entry, index) => ({ ...entry, id: `i${index}` }));
      const inUse = new Set(items.filter((_, index) => index % 7 === 0).map(({ id }) => id));
      const using = { scheduled, others, isInUse: (id: string) => inUse.has(id) };
      const removed = chooseRemovable(items, using);
      const left = items.filter((entry) => !removed.includes(entry));
      for (const entry of removed) {
        expect(entry.isPinned || inUse.has(entry.id) || entry.status !== "complete").toBe(false);
        const same = (other: RetentionItem) => other.resource === entry.resource && other.path === entry.path;
        const good = (all: RetentionItem[]) =>
          all.filter((other) => same(other) && other.status === "complete" && other.verification !== "damaged");
        if (good(items).length > 0) expect(good(left).length).toBeGreaterThan(0);
        const newest = Math.max(...good(items).map(({ createdAt }) => createdAt.getTime()));
        if (entry.verification !== "damaged")
          expect(good(left).some(({ createdAt }) => createdAt.getTime() === newest)).toBe(true);
      }
      expect(chooseRemovable(left, using)).toEqual([]);
    }),
  );
});
