import { join } from "node:path";
import { createAdministratorFromEnv, openSetupLink } from "@/domains/auth/server/set-up";
import { recover, startJobs } from "@/server/boot";
import { BootError, isBootError } from "@/server/boot-error";
import { setBridge } from "@/server/bridge";
import { createContainer } from "@/server/container";
import { createBridge } from "@/server/create-bridge";
import { connectDatabase } from "@/server/db/connect";
import { createDumpKeeper } from "@/server/db/dump/keep-dumps";
import { startEmbedded } from "@/server/db/embedded/start-embedded";
import { installLostServerGuard } from "@/server/db/lost-server-guard";
import { migrateDatabase } from "@/server/db/migrate";
import { type Env, EnvError, prepareNextAuth, readEnv } from "@/server/env";
import { openDataDir } from "@/server/fs/data-dir";
import { readInstallationId } from "@/server/fs/installation-id";
import { readOrCreateSecret } from "@/server/fs/secret-file";
import { parseRange } from "@/server/http/client-address";
import { createAppServer } from "@/server/http/create-app-server";
import { listen } from "@/server/http/listen";
import { createLogger } from "@/server/logger";
import { loadNext } from "@/server/next-handler";
import { installShutdown } from "@/server/shutdown";

/**
 * The program: environment, data folder, database, migrations, adoption of running servers, HTTP, then everything that goes on
 * by itself. Whatever fails before "serving" ends it with one clear line and exit code 1.
 */
async function main(): Promise<void> {
  const env = readEnv();
  checkProxies(env);
  const log = createLogger({ level: env.LOG_LEVEL, pretty: !env.isProduction });
  installLostServerGuard(log);
  prepareNextAuth();

  const dataDir = await openDataDir(env.DATA_DIR);
  const pages = loadNext({ isProduction: env.isProduction });
  pages.catch(() => {});
  const [installationId, secretKey, embedded] = await Promise.all([
    readInstallationId(dataDir.paths.installation),
    env.SECRET_KEY ?? readOrCreateSecret(dataDir.paths.secretKey),
    env.DATABASE_URL ? null : startEmbedded({ dataDir: dataDir.root, log }),
  ]);
  const url = env.DATABASE_URL ?? embedded?.url ?? "";
  const ending = new AbortController();
  let phase: "starting" | "ready" | "stopping" = "starting";
  const db = connectDatabase(url, { log });
  try {
    const migrationsFolder = join(process.cwd(), "drizzle");
    const dumps = createDumpKeeper({
      url,
      folder: dataDir.paths.databaseDumps,
      migrationsFolder,
      temporary: dataDir.paths.temp,
      now: () => new Date(),
      log,
    });
    const beforeChange = async () => void (await dumps.dump("before-migration"));
    await migrateDatabase(url, { migrationsFolder, log, beforeChange });
    const { services, authenticate, authSecret, access, ownEngine } = createContainer({
      env,
      log,
      dataDir,
      db,
      secretKey,
      installationId,
      dumps,
      shutdown: ending.signal,
    });
    const { resume } = await recover(services);
    if (env.ADMIN_USERNAME && env.ADMIN_PASSWORD)
      await createAdministratorFromEnv(db, env.ADMIN_USERNAME, env.ADMIN_PASSWORD);
    setBridge(createBridge(services, authenticate, { authSecret, access }));

    const server = createAppServer({ services, authenticate, access, pages, phase: () => phase });
    await listen(server, env);
    installShutdown({
      services,
      server,
      ending,
      ownEngine,
      setStopping: () => {
        phase = "stopping";
      },
      closeDatabase: async () => {
        await db.close();
        await embedded?.stop();
        await dataDir.release();
      },
    });
    const { upgrade } = await pages;
    if (!env.isProduction) server.on("upgrade", (request, socket, head) => void upgrade(request, socket, head));
    const address = env.PUBLIC_URL?.origin ?? `http://localhost:${env.PORT}`;
    const secret = await openSetupLink(services);
    say(
      secret
        ? `mcsd is ready. Create the first administrator within 24 hours: ${address}/setup?secret=${secret}`
        : `mcsd is ready: ${address}`,
    );
    phase = "ready";
    startJobs(services, resume);
  } catch (error) {
    await db.close().catch(() => {});
    await embedded?.stop().catch(() => {});
    throw error;
  }
}

function checkProxies(env: Env): void {
  for (const item of env.TRUSTED_PROXIES) {
    try {
      parseRange(item);
    } catch {
      throw new BootError(
        `TRUSTED_PROXIES "${item}" is neither an address nor a range. Example: TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8`,
      );
    }
  }
}

/** One line for the person at the terminal, apart from the structured log. */
function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const lines = error instanceof EnvError ? error.problems : isBootError(error) ? [error.message] : null;
  if (lines) for (const line of lines) process.stderr.write(`mcsd: ${line}\n`);
  else
    process.stderr.write(
      `mcsd could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
  process.exit(1);
});
