import type { ListWays } from "./lists/open-lists";
import type { GroupSync } from "./sync/group-sync";

/** What the verbs of groups, and others who change a server's lists, share. Only container.ts builds it. */
export interface GroupServices {
  readonly lists: ListWays;
  readonly sync: GroupSync;
}
