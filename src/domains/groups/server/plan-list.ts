/**
 * How one list of one server (its operators, whitelist or bans) is brought to what its groups say. Pure: what is wished, what was put there
 * before and what is there now go in, and what to do comes out.
 */

/** What a list says of a player beside the name. Null: no wish about it. */
export interface ListValues {
  level: number | null;
  reason: string | null;
  /** Null: for ever. */
  expiresAt: Date | null;
}

export interface ListedPlayer extends ListValues {
  name: string;
  uuid: string | null;
}

/** `intended`: written down before it is done, so that a crash in between leaves no doubt about whose the player is. */
export type AppliedState = "intended" | "ours" | "byHand";

export interface AppliedPlayer extends ListedPlayer {
  state: AppliedState;
}

export interface Drift {
  /** `missing`: somebody removed whom a group wants; `changed`: somebody changed the values; `extra`: put there by hand. */
  kind: "missing" | "changed" | "extra";
  name: string;
  uuid: string | null;
  wanted: ListValues | null;
  actual: ListValues | null;
}

export interface ListPlan {
  add: ListedPlayer[];
  /** In the list with other values than the groups have come to want. */
  change: ListedPlayer[];
  /** With the key of the row that goes once the player is gone. */
  remove: { key: string; player: ListedPlayer }[];
  /** Rows to write down as they are: what is there already. */
  note: AppliedPlayer[];
  /** Keys whose rows have lost their meaning. */
  forget: string[];
  drift: Drift[];
}

export const keyOf = (name: string) => name.toLowerCase();

export function planList(
  desired: readonly ListedPlayer[],
  applied: readonly AppliedPlayer[],
  actual: readonly ListedPlayer[],
): ListPlan {
  const plan: ListPlan = { add: [], change: [], remove: [], note: [], forget: [], drift: [] };
  const present = indexOf(actual);
  const rows = new Map(applied.map((row) => [keyOf(row.name), row]));
  const known = new Set<ListedPlayer>();
  for (const wish of desired) {
    const there = present(wish);
    if (there) known.add(there);
    planWish(plan, wish, rows.get(keyOf(wish.name)) ?? null, there);
    rows.delete(keyOf(wish.name));
  }
  for (const [key, row] of rows) {
    const there = present(row);
    if (there && row.state !== "byHand" && !known.has(there)) {
      known.add(there);
      plan.remove.push({ key, player: there });
    } else plan.forget.push(key);
  }
  for (const there of actual) {
    if (known.has(there)) continue;
    plan.drift.push({ kind: "extra", name: there.name, uuid: there.uuid, wanted: null, actual: valuesOf(there) });
  }
  return plan;
}

function planWish(plan: ListPlan, wish: ListedPlayer, row: AppliedPlayer | null, there: ListedPlayer | null): void {
  const drift = (kind: Drift["kind"]) =>
    plan.drift.push({
      kind,
      name: wish.name,
      uuid: there?.uuid ?? wish.uuid,
      wanted: valuesOf(wish),
      actual: there && valuesOf(there),
    });
  if (!there) {
    if (!row || row.state === "intended") plan.add.push(wish);
    else drift("missing");
    return;
  }
  if (!row) {
    // Whoever was there before any group named them stays by hand, with what they have.
    plan.note.push({ ...wish, ...valuesOf(there), state: "byHand" });
    if (!fits(there, wish)) drift("changed");
    return;
  }
  const isNewWish = !isSame(row, wish);
  if (fits(there, wish)) {
    if (row.state === "intended") plan.note.push({ ...wish, state: "ours" });
    else if (isNewWish && row.state === "ours") plan.note.push({ ...wish, state: "ours" });
  } else if (row.state === "intended" || (row.state === "ours" && isNewWish)) plan.change.push(wish);
  else drift("changed");
}

/** By name, else by UUID: players may have changed their names. */
function indexOf(actual: readonly ListedPlayer[]): (player: ListedPlayer) => ListedPlayer | null {
  const byName = new Map(actual.map((player) => [keyOf(player.name), player]));
  const byUuid = new Map(actual.flatMap((player) => (player.uuid ? [[player.uuid, player]] : [])));
  return ({ name, uuid }) => byName.get(keyOf(name)) ?? (uuid ? (byUuid.get(uuid) ?? null) : null);
}

/** An end is kept by mcsd itself where the list has none: the game's commands know no ends. */
export function fits(there: ListValues, wish: ListValues): boolean {
  if (wish.level !== null && there.level !== wish.level) return false;
  if (wish.reason !== null && there.reason !== wish.reason) return false;
  return there.expiresAt === null || isSameMoment(there.expiresAt, wish.expiresAt);
}

function isSame(a: ListValues, b: ListValues): boolean {
  return a.level === b.level && a.reason === b.reason && isSameMoment(a.expiresAt, b.expiresAt);
}

/** The game's files know seconds. */
export function isSameMoment(a: Date | null, b: Date | null): boolean {
  if (!a || !b) return a === b;
  return Math.floor(a.getTime() / 1000) === Math.floor(b.getTime() / 1000);
}

export function valuesOf({ level, reason, expiresAt }: ListValues): ListValues {
  return { level, reason, expiresAt };
}
