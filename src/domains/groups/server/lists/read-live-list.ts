import type { Clock } from "@/server/clock";
import { isAppError } from "@/server/errors";
import type { ServerFolder } from "../../../servers/server/server-folder";
import type { GroupType } from "../../contract";
import type { ListedPlayer } from "../plan-list";
import { parseListFile } from "./list-file";
import { listFiles } from "./player-lists";

const tries = 5;
const pauseMs = 60;

/** A list that a game may be writing at this moment: it does so in place, so that for an instant the file is empty or half there. */
export async function readLiveList(folder: ServerFolder, type: GroupType, clock: Clock): Promise<ListedPlayer[]> {
  for (let left = tries; ; left--) {
    const text = await folder.read(listFiles[type]);
    try {
      if (text !== "" || left === 1) return parseListFile(text, type);
    } catch (error) {
      if (left === 1 || !isAppError(error)) throw error;
    }
    await clock.sleep(pauseMs);
  }
}
