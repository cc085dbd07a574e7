import { AppError } from "@/server/errors";
import type { GroupType } from "../../contract";
import { keyOf, type ListedPlayer } from "../plan-list";
import { listFiles, type PlayerRef } from "./player-lists";

type Entry = Record<string, unknown>;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const usualReason = "Banned by an operator.";

/** The players of ops.json, whitelist.json or banned-players.json. Throws LIST_UNREADABLE for what the game would not write. */
export function parseListFile(text: string | null, type: GroupType): ListedPlayer[] {
  return entriesOf(text, type).flatMap((entry) => {
    const { name, uuid, level, reason } = entry;
    if (typeof name !== "string") return [];
    return [
      {
        name,
        uuid: typeof uuid === "string" && uuidPattern.test(uuid) ? uuid.toLowerCase() : null,
        level: type === "op" && typeof level === "number" ? level : null,
        reason: type === "ban" && typeof reason === "string" ? reason : null,
        expiresAt: type === "ban" ? parseGameTime(entry.expires) : null,
      },
    ];
  });
}

interface Change {
  put?: readonly (ListedPlayer & { uuid: string })[];
  remove?: readonly PlayerRef[];
  /** Of operators whose level is left to the server. */
  usualLevel: number;
  now: Date;
}

/** The text with players put in (values changed in place where they stand) and taken out. What it says beside that stays, in its order. */
export function editListFile(text: string | null, type: GroupType, change: Change): string {
  const { put = [], remove = [] } = change;
  const entries = entriesOf(text, type).filter((entry) => !remove.some((player) => isAbout(entry, player)));
  for (const player of put) {
    const known = entries.find((entry) => isAbout(entry, player));
    if (known) Object.assign(known, changedFields(type, player));
    else entries.push({ uuid: player.uuid, name: player.name, ...newFields(type, player, change) });
  }
  return `${JSON.stringify(entries, null, 2)}\n`;
}

function isAbout(entry: Entry, { name, uuid }: PlayerRef): boolean {
  if (typeof entry.name === "string" && keyOf(entry.name) === keyOf(name)) return true;
  return uuid !== null && typeof entry.uuid === "string" && entry.uuid.toLowerCase() === uuid;
}

function changedFields(type: GroupType, { level, reason, expiresAt }: ListedPlayer): Entry {
  if (type === "op") return level === null ? {} : { level };
  if (type === "ban") return { expires: toGameTime(expiresAt), ...(reason === null ? {} : { reason }) };
  return {};
}

function newFields(type: GroupType, player: ListedPlayer, { usualLevel, now }: Change): Entry {
  if (type === "op") return { level: player.level ?? usualLevel, bypassesPlayerLimit: false };
  if (type === "whitelist") return {};
  const expires = toGameTime(player.expiresAt);
  return { created: toGameTime(now), source: "mcsd", expires, reason: player.reason ?? usualReason };
}

function entriesOf(text: string | null, type: GroupType): Entry[] {
  if (text === null || text.trim() === "") return [];
  try {
    const found: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    if (Array.isArray(found) && found.every((entry) => typeof entry === "object" && entry !== null)) return found;
  } catch {
    // Said below.
  }
  const file = listFiles[type];
  throw new AppError("LIST_UNREADABLE", `${file} is not what the game writes there. Repair or remove it.`, { file });
}

/** `2026-06-01 12:00:00 +0000`; null is `forever`. */
function toGameTime(at: Date | null): string {
  return at ? `${at.toISOString().slice(0, 19).replace("T", " ")} +0000` : "forever";
}

function parseGameTime(value: unknown): Date | null {
  const match = typeof value === "string" ? /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(value) : null;
  if (!match) return null;
  const at = new Date(`${match[1]}T${match[2]}${match[3]}:${match[4]}`);
  return Number.isNaN(at.getTime()) ? null : at;
}
