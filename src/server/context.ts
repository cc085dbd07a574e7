import type { RefusalRecorder } from "@/domains/audit/server/refusal-recorder";
import type { LogHub } from "@/domains/console/server/log-hub";
import type { FileServices } from "@/domains/files/server/services";
import type { GroupServices } from "@/domains/groups/server/services";
import type { JavaInstaller } from "@/domains/java/server/java-installer";
import type { JavaRegistry } from "@/domains/java/server/java-registry";
import type { JobRunner } from "@/domains/jobs/server/job-runner";
import type { LaunchKind } from "@/domains/launch/contract";
import type { LaunchStrategy } from "@/domains/launch/server/launch-strategy";
import type { MetricsRecorder } from "@/domains/metrics/server/metrics-recorder";
import type { PlayerNames } from "@/domains/players/server/player-names";
import type { PlayerTracker } from "@/domains/players/server/player-tracker";
import type { Supervisor } from "@/domains/servers/server/supervisor";
import type { SettingsStore } from "@/domains/settings/server/settings-store";
import type { SnapshotServices } from "@/domains/snapshots/server/services";
import type { JarCache } from "@/domains/versions/server/jar-cache";
import type { VersionRefresher } from "@/domains/versions/server/version-refresher";
import type { Actor } from "@/server/auth/actor";
import type { RefreshSecrets } from "@/server/auth/refresh-secrets";
import type { Clock } from "@/server/clock";
import type { Sealer } from "@/server/crypto/seal";
import type { Database } from "@/server/db/connect";
import type { DumpKeeper } from "@/server/db/dump/keep-dumps";
import type { Env } from "@/server/env";
import type { EventBus } from "@/server/event-bus";
import type { DataDir } from "@/server/fs/data-dir";
import type { CallLimits } from "@/server/limits/call-limits";
import type { CodeLimit } from "@/server/limits/code-limit";
import type { Logger } from "@/server/logger";
import type { ReadSqlite } from "@/server/sqlite/read-sqlite";

/** Everything that lives as long as the program. Only container.ts builds it. */
export interface Services {
  readonly env: Env;
  /** Of package.json. */
  readonly version: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dataDir: DataDir;
  readonly sealer: Sealer;
  readonly events: EventBus;
  readonly jobs: JobRunner;
  readonly limits: CallLimits;
  readonly refusals: RefusalRecorder;
  readonly codeLimit: CodeLimit;
  readonly refreshSecrets: RefreshSecrets;
  readonly settings: SettingsStore;
  readonly supervisor: Supervisor;
  readonly strategies: Readonly<Record<LaunchKind, LaunchStrategy>>;
  readonly snapshots: SnapshotServices;
  readonly files: FileServices;
  readonly readSqlite: ReadSqlite;
  readonly groups: GroupServices;
  readonly metrics: MetricsRecorder;
  readonly players: PlayerTracker;
  readonly playerNames: PlayerNames;
  readonly logHub: LogHub;
  consoleLogPath(serverId: string): string;
  readonly java: JavaRegistry;
  readonly javaInstaller: JavaInstaller;
  readonly jarCache: JarCache;
  readonly versionRefresher: VersionRefresher;
  /** Copies of mcsd's own database on disk. */
  readonly dumps: DumpKeeper;
  /** Rejects when the database cannot answer. */
  pingDatabase(): Promise<unknown>;
  /** Aborted once, when the program ends. */
  readonly shutdown: AbortSignal;
}

/** What a verb works with: the services and who is acting. */
export type Ctx = Services & { readonly actor: Actor };
