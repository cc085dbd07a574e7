import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { errorCode } from "@/server/fs/error-code";
import type { Logger } from "@/server/logger";
import { dumpDatabase } from "./dump-database";
import { loadDump } from "./load-dump";
import { withScratchDatabase } from "./scratch-database";

export interface DumpKeeper {
  /** Dumps the database, restores the dump into a scratch database and compares. Rejects when it is not the same; then it is gone. */
  dump(reason: "daily" | "before-migration"): Promise<{ path: string; isVerified: boolean }>;
  /** Removes dumps older than 30 days; the newest few stay, however old. */
  prune(): Promise<void>;
}

interface Options {
  url: string;
  folder: string;
  migrationsFolder: string;
  temporary: string;
  now: () => Date;
  log: Logger;
}

const keepDays = 30;
const keepAlways = 3;
const nameForm = /^(\d{8}T\d{6}Z)-(?:daily|before-migration)\.dump\.zst$/;

export function createDumpKeeper({ url, folder, now, log, ...place }: Options): DumpKeeper {
  return {
    async dump(reason) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const stamp = now()
        .toISOString()
        .replace(/[-:]|\.\d+/g, "");
      const path = join(folder, `${stamp}-${reason}.dump.zst`);
      const hash = await dumpDatabase(url, path, now());
      try {
        const isVerified = await isRestorable(url, path, hash, place);
        if (!isVerified)
          log.warn(
            { path },
            "the dump of the database was not verified: the user of DATABASE_URL may not create databases",
          );
        return { path, isVerified };
      } catch (error) {
        await rm(path, { force: true });
        throw error;
      }
    },
    async prune() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => nameForm.test(name)).sort();
      const oldest = new Date(now().getTime() - keepDays * 86_400_000).toISOString().replace(/[-:]|\.\d+/g, "");
      for (const name of names.slice(0, -keepAlways)) if (name < oldest) await rm(join(folder, name), { force: true });
    },
  };
}

/** Restored and dumped again it must be the same, byte for byte. False when the server lets us make no scratch database. */
async function isRestorable(
  url: string,
  path: string,
  hash: string,
  place: { migrationsFolder: string; temporary: string },
): Promise<boolean> {
  const again = `${path}.again`;
  try {
    return await withScratchDatabase(url, async (scratch) => {
      await loadDump(scratch, path, place);
      if ((await dumpDatabase(scratch, again, new Date())) === hash) return true;
      throw new Error("A dump of the database, restored, is not what was dumped.");
    });
  } catch (error) {
    const mayNot = errorCode(error) === "42501";
    if (mayNot) return false;
    throw error;
  } finally {
    await rm(again, { force: true });
  }
}
