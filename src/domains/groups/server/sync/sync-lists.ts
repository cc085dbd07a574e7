import type { Clock } from "@/server/clock";
import type { Database, Transaction } from "@/server/db/connect";
import { type AttachmentState, type GroupType, groupTypes } from "../../contract";
import { listApplied, storeApplied } from "../applied-repository";
import { listServerGroups, type ServerGroup, setAttachmentState } from "../attachments-repository";
import { desiredList } from "../desired-list";
import type { ListOutcome, PlayerLists } from "../lists/player-lists";
import { keyOf, type ListedPlayer, type ListPlan, planList } from "../plan-list";

interface Deps {
  db: Database;
  clock: Clock;
}

export type ChangedGroup = Pick<ServerGroup, "groupId" | "ownerId">;
type Outcomes = ReadonlyMap<string, ListOutcome>;

/**
 * Brings a server's lists to what its groups say. What is meant is written down before it is done and struck off afterwards, so that an end
 * of the program at any line is settled by doing the same again. Throws what makes the whole server unreachable; what was done until
 * then stands. Returns the groups whose state has changed.
 */
export async function syncLists(deps: Deps, serverId: string, lists: PlayerLists): Promise<ChangedGroup[]> {
  const { db } = deps;
  const [groups, applied] = await Promise.all([listServerGroups(db, serverId), listApplied(db, serverId)]);
  if (groups.length === 0 && applied.length === 0) return [];
  const outcomes = new Map<GroupType, Outcomes>();
  for (const type of groupTypes) {
    const isAbout = (entry: { type: GroupType }) => entry.type === type;
    if (!groups.some(isAbout) && !applied.some(isAbout)) continue;
    outcomes.set(type, await syncList(deps, { serverId, type, lists }));
  }
  return db.transaction((tx) => settleStates(tx, deps.clock.now(), serverId, outcomes));
}

interface Place {
  serverId: string;
  type: GroupType;
  lists: PlayerLists;
}

async function syncList({ db, clock }: Deps, { serverId, type, lists }: Place): Promise<Outcomes> {
  const actual = await lists.read(type);
  const plan = await db.transaction(async (tx) => {
    const desired = desiredList((await listServerGroups(tx, serverId)).filter(ofType(type)), clock.now());
    const found = planList(desired, (await listApplied(tx, serverId)).filter(ofType(type)), actual);
    const intended = [...found.add, ...found.change].map((player) => ({ ...player, state: "intended" as const }));
    const put = [...found.note, ...intended];
    await storeApplied(tx, { serverId, type, put, remove: found.forget, now: clock.now() });
    return found;
  });
  const outcomes: ListOutcome[] = [];
  try {
    for (const part of partsOf(plan)) outcomes.push(...(await lists[part.verb](type, part.players)));
  } finally {
    await storeOutcomes(db, { serverId, type, plan, outcomes, now: clock.now() });
  }
  return new Map(outcomes.map((outcome) => [keyOf(outcome.name), outcome]));
}

const ofType = (type: GroupType) => (entry: { type: GroupType }) => entry.type === type;
const playersAtOnce = 50;

/** Few at a time: what was done before a connection was lost is known. Who goes, goes first. */
function partsOf({ add, change, remove }: ListPlan): { verb: "put" | "remove"; players: ListedPlayer[] }[] {
  const gone = remove.map(({ player }) => player);
  const wanted = [...change, ...add];
  const slices = (players: ListedPlayer[]) =>
    Array.from({ length: Math.ceil(players.length / playersAtOnce) }, (_, index) =>
      players.slice(index * playersAtOnce, (index + 1) * playersAtOnce),
    );
  return [
    ...slices(gone).map((players) => ({ verb: "remove" as const, players })),
    ...slices(wanted).map((players) => ({ verb: "put" as const, players })),
  ];
}

interface Done {
  serverId: string;
  type: GroupType;
  plan: ListPlan;
  outcomes: readonly ListOutcome[];
  now: Date;
}

async function storeOutcomes(db: Database, { serverId, type, plan, outcomes, now }: Done): Promise<void> {
  const done = new Set(outcomes.flatMap(({ name, result }) => (result === "done" ? [keyOf(name)] : [])));
  const put = [...plan.add, ...plan.change].filter(({ name }) => done.has(keyOf(name)));
  const remove = plan.remove.filter(({ player }) => done.has(keyOf(player.name))).map(({ key }) => key);
  if (put.length === 0 && remove.length === 0) return;
  const ours = put.map((player) => ({ ...player, state: "ours" as const }));
  await db.transaction((tx) => storeApplied(tx, { serverId, type, put: ours, remove, now }));
}

/** By what is wanted at this moment, which may have changed meanwhile: then there is more to do. */
async function settleStates(
  tx: Transaction,
  now: Date,
  serverId: string,
  outcomes: ReadonlyMap<GroupType, Outcomes>,
): Promise<ChangedGroup[]> {
  const groups = await listServerGroups(tx, serverId, true);
  const applied = await listApplied(tx, serverId);
  const changed: ChangedGroup[] = [];
  for (const type of groupTypes) {
    const ofThis = groups.filter(ofType(type));
    const desired = desiredList(ofThis, now);
    const rows = applied.filter(ofType(type));
    const rest = openKeys(desired, rows);
    for (const group of ofThis) {
      const next = stateOf(group, rest, outcomes.get(type) ?? new Map());
      const isSame = group.state === next.state && JSON.stringify(group.lastError) === JSON.stringify(next.lastError);
      const { groupId } = group;
      const syncedAt = next.state === "synced" ? { syncedAt: now } : {};
      if (!isSame) await setAttachmentState(tx, { groupId, serverId, ...next, ...syncedAt });
      if (!isSame) changed.push({ groupId, ownerId: group.ownerId });
    }
  }
  return changed;
}

/** Whoever is wanted and not yet seen to be there, and whoever is there and not wanted any more. */
function openKeys(desired: readonly ListedPlayer[], rows: Awaited<ReturnType<typeof listApplied>>): Set<string> {
  const plan = planList(
    desired,
    rows,
    rows.filter(({ state }) => state !== "intended"),
  );
  return new Set([
    ...[...plan.add, ...plan.change].map(({ name }) => keyOf(name)),
    ...plan.remove.map(({ key }) => key),
  ]);
}

type Settled = { state: AttachmentState; lastError: ServerGroup["lastError"] };

function stateOf(group: ServerGroup, open: ReadonlySet<string>, outcomes: Outcomes): Settled {
  const own = group.players.map(({ name }) => keyOf(name)).filter((key) => open.has(key));
  const met = own.map((key) => outcomes.get(key));
  const failed = met.find((outcome) => outcome?.result === "failed");
  if (failed?.result === "failed")
    return { state: "failed", lastError: { code: failed.code, message: failed.message } };
  const waiting = met.find((outcome) => outcome?.result === "waits");
  if (waiting?.result === "waits")
    return { state: "pending", lastError: { code: waiting.reason, message: waiting.name } };
  return { state: own.length > 0 ? "pending" : "synced", lastError: null };
}
