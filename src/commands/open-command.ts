import { startEmbedded } from "@/server/db/embedded/start-embedded";
import { EnvError, readEnv } from "@/server/env";
import { openDataDir } from "@/server/fs/data-dir";
import type { DataPaths } from "@/server/fs/data-paths";
import { createLogger, type Logger } from "@/server/logger";

export interface Command {
  /** Of mcsd's database. */
  url: string;
  paths: DataPaths;
  log: Logger;
  /** Ends the database if it is ours, and lets the data folder go. */
  close(): Promise<void>;
}

/** What a command that works on the data folder itself needs. Ends with one line and exit code 1 while mcsd runs: it holds the folder. */
export async function openCommand(): Promise<Command> {
  try {
    const env = readEnv();
    const log = createLogger({ level: "warn", pretty: true });
    const dataDir = await openDataDir(env.DATA_DIR);
    const embedded = env.DATABASE_URL ? null : await startEmbedded({ dataDir: dataDir.root, log });
    return {
      url: env.DATABASE_URL ?? embedded?.url ?? "",
      paths: dataDir.paths,
      log,
      async close() {
        await embedded?.stop();
        await dataDir.release();
      },
    };
  } catch (error) {
    const lines = error instanceof EnvError ? error.problems : [(error as Error).message];
    process.stderr.write(`${lines.join("\n")}\n`);
    process.exit(1);
  }
}
