import fc from "fast-check";
import { expect, it } from "vitest";
import { type AttachedGroup, desiredList } from "./desired-list";
import { type AppliedPlayer, keyOf, type ListedPlayer, planList } from "./plan-list";

const now = new Date("2026-06-01T12:00:00Z");
const player = (name: string, more: Partial<ListedPlayer> = {}): ListedPlayer => ({
  name,
  uuid: null,
  level: null,
  reason: null,
  expiresAt: null,
  ...more,
});
const group = (groupId: string, more: Partial<AttachedGroup>): AttachedGroup => ({
  groupId,
  priority: 0,
  attachedAt: now,
  players: [],
  ...more,
});

it("joins the groups of a server, the larger priority first and the older attachment among equals", () => {
  const old = new Date("2026-01-01T00:00:00Z");
  const groups = [
    group("a", { players: [player("Steve", { level: 1 }), player("Alex", { level: 1 })] }),
    group("b", { attachedAt: old, players: [player("alex", { level: 2 }), player("Jeb", { level: 2 })] }),
    group("c", { priority: 5, players: [player("jeb", { level: 3 })] }),
  ];
  const levels = Object.fromEntries(desiredList(groups, now).map(({ name, level }) => [name, level]));
  expect(levels).toEqual({ jeb: 3, alex: 2, Steve: 1 });
});

it("lets the next group speak where a ban has ended", () => {
  const ended = player("Griefer", { reason: "short", expiresAt: now });
  const groups = [group("a", { priority: 1, players: [ended] }), group("b", { players: [player("griefer")] })];
  expect(desiredList(groups, now)).toEqual([player("griefer")]);
  expect(desiredList(groups.slice(0, 1), now)).toEqual([]);
});

it("takes a player whose name has changed for the same, and a ban without an end for one that is kept", () => {
  const uuid = "00000000-0000-4000-8000-000000000001";
  const there = player("OldName", { uuid, reason: "x" });
  const wish = player("NewName", { uuid, reason: "x", expiresAt: new Date(now.getTime() + 1000) });
  const plan = planList([wish], [{ ...wish, state: "intended" }], [there]);
  expect(plan).toMatchObject({
    add: [],
    change: [],
    remove: [],
    drift: [],
    note: [{ name: "NewName", state: "ours" }],
  });
});

const names = ["Steve", "Alex", "Jeb", "Dinnerbone"] as const;
const groupIds = ["a", "b", "c"] as const;
const levels = fc.constantFrom(1, 2, 3, 4, null);
const gameLevels = fc.constantFrom(1, 2, 3, 4);
const name = fc.constantFrom(...names);
const groupId = fc.constantFrom(...groupIds);
const step = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), groupId, name, level: levels }),
  fc.record({ kind: fc.constant("drop" as const), groupId, name }),
  fc.record({ kind: fc.constant("attach" as const), groupId, priority: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant("detach" as const), groupId }),
  fc.record({ kind: fc.constant("op" as const), name, level: gameLevels }),
  fc.record({ kind: fc.constant("deop" as const), name }),
  fc.record({ kind: fc.constant("undo" as const), name }),
  fc.record({ kind: fc.constant("reach" as const), isReachable: fc.boolean() }),
  fc.record({ kind: fc.constant("crash" as const), after: fc.integer({ min: 0, max: 5 }) }),
);

/** One server with its list and rows, worked on as the real thing does: rows before, effects one by one, rows afterwards. */
class World {
  groups = new Map<string, Map<string, ListedPlayer>>(groupIds.map((id) => [id, new Map()]));
  attached = new Map<string, { priority: number; attachedAt: Date }>();
  list = new Map<string, ListedPlayer>();
  rows = new Map<string, AppliedPlayer>();

  desired(): ListedPlayer[] {
    const groups = [...this.attached].map(([id, more]) => ({
      groupId: id,
      ...more,
      players: [...(this.groups.get(id)?.values() ?? [])],
    }));
    return desiredList(groups, now);
  }

  plan() {
    return planList(this.desired(), [...this.rows.values()], [...this.list.values()]);
  }

  /** `crashAfter`: the program ends after so many moments at which it can. */
  sync(crashAfter = Number.POSITIVE_INFINITY): void {
    let moments = 0;
    const isOver = () => ++moments > crashAfter;
    const { add, change, remove, note, forget } = this.plan();
    if (isOver()) return;
    for (const row of note) this.rows.set(keyOf(row.name), row);
    for (const key of forget) this.rows.delete(key);
    for (const wish of [...add, ...change]) this.rows.set(keyOf(wish.name), { ...wish, state: "intended" });
    for (const wish of [...add, ...change]) {
      if (isOver()) return;
      // A change may be a removal and an addition, with an end of the program between the two.
      this.list.delete(keyOf(wish.name));
      if (isOver()) return;
      this.list.set(keyOf(wish.name), { ...wish, level: wish.level ?? 4 });
    }
    for (const { player: gone } of remove) {
      if (isOver()) return;
      this.list.delete(keyOf(gone.name));
    }
    if (isOver()) return;
    for (const wish of [...add, ...change]) this.rows.set(keyOf(wish.name), { ...wish, state: "ours" });
    for (const { key } of remove) this.rows.delete(key);
  }
}

/** The same told for one player: who put them there, and whether the groups' wish has been met once. */
class Told {
  level: number | null = null;
  isOurs = false;
  isMet = false;
  asked: number | null = null;

  settle(wish: ListedPlayer | null): void {
    if (!wish) {
      if (this.isMet && this.isOurs) this.level = null;
      this.isMet = false;
      this.isOurs = false;
    } else if (!this.isMet) {
      this.isOurs = this.level === null;
      this.level ??= wish.level ?? 4;
      this.isMet = true;
      this.asked = wish.level;
    } else if (this.isOurs && this.level !== null && this.asked !== wish.level) {
      this.level = wish.level ?? this.level;
      this.asked = wish.level;
    }
  }
}

it("ends where a simple account of each player says, whatever happens in between", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60 }), (steps) => {
      const world = new World();
      const told = new Map(names.map((known) => [known as string, new Told()]));
      const of = (known: string) => told.get(known) as Told;
      let isReachable = true;
      let clock = 0;
      for (const next of [...steps, { kind: "reach" as const, isReachable: true }]) {
        if (next.kind === "put")
          world.groups.get(next.groupId)?.set(next.name, player(next.name, { level: next.level }));
        if (next.kind === "drop") world.groups.get(next.groupId)?.delete(next.name);
        if (next.kind === "attach") {
          const attachedAt = world.attached.get(next.groupId)?.attachedAt ?? new Date(++clock);
          world.attached.set(next.groupId, { priority: next.priority, attachedAt });
        }
        if (next.kind === "detach") world.attached.delete(next.groupId);
        if (next.kind === "op") {
          if (!world.list.has(keyOf(next.name)))
            world.list.set(keyOf(next.name), player(next.name, { level: next.level }));
          of(next.name).level ??= next.level;
        }
        if (next.kind === "deop") {
          world.list.delete(keyOf(next.name));
          of(next.name).level = null;
        }
        if (next.kind === "undo" && isReachable) {
          const drift = world.plan().drift.find((item) => item.name === next.name && item.kind !== "extra");
          const row = world.rows.get(keyOf(next.name));
          if (drift && row) {
            world.rows.set(keyOf(next.name), { ...row, state: "intended" });
            const { level } = drift.wanted ?? { level: null };
            Object.assign(of(next.name), { isOurs: true, level: level ?? of(next.name).level ?? 4, asked: level });
          }
        }
        if (next.kind === "reach") isReachable = next.isReachable;
        if (!isReachable) continue;
        if (next.kind === "crash") world.sync(next.after);
        world.sync();
        const wishes = new Map(world.desired().map((wish) => [wish.name, wish]));
        for (const [known, account] of told) account.settle(wishes.get(known) ?? null);
      }
      const seen = new Map([...world.list.values()].map(({ name: known, level }) => [known, level]));
      for (const [known, { level }] of told) expect(`${known} ${seen.get(known) ?? null}`).toBe(`${known} ${level}`);
      // Once all is as it should be, nothing is left to do.
      const rest = world.plan();
      expect([rest.add, rest.change, rest.remove, rest.note, rest.forget]).toEqual([[], [], [], [], []]);
      for (const { kind, wanted, actual } of rest.drift) {
        if (kind === "changed") expect(wanted?.level).not.toBe(actual?.level);
        if (kind === "missing") expect(actual).toBeNull();
      }
      // Without groups only what was put there by hand is left.
      const byHand = [...told].filter(([, { isOurs, level }]) => level !== null && !isOurs).map(([known]) => known);
      world.attached.clear();
      world.sync();
      expect([...world.list.values()].map(({ name: known }) => known).sort()).toEqual(byHand.sort());
      expect(world.rows.size).toBe(0);
    }),
    { numRuns: 200 },
  );
});
