import { eq } from "drizzle-orm";
import type { Database } from "@/server/db/connect";
import { savingOff } from "../table";

/** Which servers may have saving off by our doing. In the database, because the promise to switch it on outlives this process. */
export interface SavingMarks {
  set(serverId: string, since: Date): Promise<void>;
  clear(serverId: string): Promise<void>;
  list(): Promise<string[]>;
}

export function createSavingMarks(db: Database): SavingMarks {
  return {
    async set(serverId, since) {
      await db.insert(savingOff).values({ serverId, since }).onConflictDoNothing();
    },
    async clear(serverId) {
      await db.delete(savingOff).where(eq(savingOff.serverId, serverId));
    },
    async list() {
      const rows = await db.select({ serverId: savingOff.serverId }).from(savingOff);
      return rows.map(({ serverId }) => serverId);
    },
  };
}
