import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import type { DataDir } from "@/server/fs/data-dir";
import { openServerFolder } from "../../../servers/server/server-folder";
import { serverUid } from "../../../servers/server/server-uid";
import type { Supervisor } from "../../../servers/server/supervisor";
import type { TrackedServer } from "../../../servers/server/tracked-server";
import { knownUuids } from "./known-uuids";
import { listsInFiles } from "./list-files";
import { listsByRcon } from "./lists-by-rcon";
import type { PlayerLists } from "./player-lists";

interface Deps {
  db: Database;
  clock: Clock;
  dataDir: DataDir;
  uidBase: number | null;
  supervisor: Pick<Supervisor, "probe">;
}

export interface ListWays {
  /** By the way that is open; null while there is none: the server is starting or stopping, cannot be tracked, or is being worked on. */
  open(tracked: TrackedServer): PlayerLists | null;
  /** By the files, whatever the state: for reading, and for whoever knows that no game runs. */
  openFiles(tracked: TrackedServer): PlayerLists;
}

export function createListWays({ db, clock, dataDir, uidBase, supervisor }: Deps): ListWays {
  const folderOf = ({ record }: TrackedServer) =>
    openServerFolder(dataDir.paths.serverFolder(record.id), serverUid(uidBase, record));
  const openFiles = (tracked: TrackedServer) =>
    listsInFiles({
      folder: folderOf(tracked),
      clock,
      uuidsOf: (players, isOnlineMode) => knownUuids(db, players, isOnlineMode),
    });
  return {
    openFiles,
    open(tracked) {
      const { record, handle, launching, busy } = tracked;
      if (record.state === "running" && handle) return listsByRcon(supervisor.probe(tracked), folderOf(tracked), clock);
      const isAtRest = record.state === "stopped" && !handle && !launching && !busy;
      return isAtRest ? openFiles(tracked) : null;
    },
  };
}
