import type { ErrorCode } from "@/lib/error-codes";
import type { GroupType } from "../../contract";
import type { ListedPlayer } from "../plan-list";

/**
 * `level_needs_stop`: the game's commands give operators one level only, another one is written once the server has stopped.
 * `uuid_unknown`: the files want a UUID that nobody knows; the game looks it up itself while it runs.
 */
export const waitReasons = ["level_needs_stop", "uuid_unknown"] as const;
export type WaitReason = (typeof waitReasons)[number];

/** What became of one player. */
export type ListOutcome = { name: string } & (
  | { result: "done" }
  | { result: "waits"; reason: WaitReason }
  | { result: "failed"; code: ErrorCode; message: string }
);

export type PlayerRef = Pick<ListedPlayer, "name" | "uuid">;

/**
 * A server's operators, whitelist and bans, by the way that is open at the moment. What makes the whole server unreachable is thrown
 * (RCON_UNREACHABLE, MANAGEMENT_UNREACHABLE, LIST_UNREADABLE …), what concerns one player is their outcome, in the order of the input.
 */
export interface PlayerLists {
  readonly way: "files" | "rcon" | "management";
  read(type: GroupType): Promise<ListedPlayer[]>;
  /** Puts players in. Who is there already gets the given values; null asks for nothing, except that an end of null means for ever. */
  put(type: GroupType, players: readonly ListedPlayer[]): Promise<ListOutcome[]>;
  /** Who is not there is fine. */
  remove(type: GroupType, players: readonly PlayerRef[]): Promise<ListOutcome[]>;
}

export const listFiles = { op: "ops.json", whitelist: "whitelist.json", ban: "banned-players.json" } as const;
