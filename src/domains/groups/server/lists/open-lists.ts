import type { Clock } from "@/server/clock";
import type { DataDir } from "@/server/fs/data-dir";
import type { PlayerNames } from "../../../players/server/player-names";
import { openServerFolder } from "../../../servers/server/server-folder";
import { serverUid } from "../../../servers/server/server-uid";
import type { Supervisor } from "../../../servers/server/supervisor";
import { managementOf, type TrackedServer } from "../../../servers/server/tracked-server";
import { findUuids } from "./find-uuids";
import { listsInFiles } from "./list-files";
import { listsByManagement } from "./lists-by-management";
import { listsByRcon } from "./lists-by-rcon";
import type { PlayerLists } from "./player-lists";

interface Deps {
  clock: Clock;
  dataDir: DataDir;
  uidBase: number | null;
  names: PlayerNames;
  /** The same without asking anybody outside. */
  knownNames: PlayerNames;
  supervisor: Pick<Supervisor, "probe">;
}

export interface ListWays {
  /** By the way that is open; null while there is none: the server is starting or stopping, cannot be tracked, or is being worked on. */
  open(tracked: TrackedServer): PlayerLists | null;
  /** By the files, whatever the state, without asking anybody for UUIDs: for reading, and for a server that is about to start. */
  openFiles(tracked: TrackedServer): PlayerLists;
}

export function createListWays({ clock, dataDir, uidBase, names, knownNames, supervisor }: Deps): ListWays {
  const folderOf = ({ record }: TrackedServer) =>
    openServerFolder(dataDir.paths.serverFolder(record.id), serverUid(uidBase, record));
  const inFiles = (tracked: TrackedServer, from: PlayerNames) =>
    listsInFiles({
      folder: folderOf(tracked),
      clock,
      uuidsOf: (players, isOnlineMode) => findUuids(from, players, isOnlineMode),
    });
  return {
    openFiles: (tracked) => inFiles(tracked, knownNames),
    open(tracked) {
      const { record, handle, launching, busy } = tracked;
      const management = managementOf(tracked);
      if (record.state === "running" && handle && management) return listsByManagement(management);
      if (record.state === "running" && handle) return listsByRcon(supervisor.probe(tracked), folderOf(tracked), clock);
      const isAtRest = record.state === "stopped" && !handle && !launching && !busy;
      return isAtRest ? inFiles(tracked, names) : null;
    },
  };
}
