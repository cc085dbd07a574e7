import type { Database, Transaction } from "@/server/db/connect";
import type { UserLimits } from "../../users/contract";
import { noLimits, userLimitsSchema } from "../../users/contract";
import { type AppSettings, appSettingsSchema, defaultAppSettings } from "../contract";
import { appSettings } from "./table";

/**
 * What administrators have set. Kept in memory, because every call asks: one program owns the database, and changes go
 * through here.
 */
export interface SettingsStore {
  /** Reads everything from the database; call it before anything is served. */
  load(): Promise<void>;
  current(): AppSettings;
  /** The application's layer of the limits. */
  limits(): UserLimits;
  /** Writes inside the transaction; `apply` what it returns once that is committed. */
  write(tx: Transaction, change: Partial<Stored>): Promise<{ apply(): void }>;
}

interface Stored {
  settings: AppSettings;
  limits: UserLimits;
}

export function createSettingsStore(db: Database): SettingsStore {
  let stored: Stored = { settings: defaultAppSettings, limits: noLimits };
  return {
    async load() {
      const rows = await db.select().from(appSettings);
      const value = (key: keyof Stored) => rows.find((row) => row.key === key)?.value ?? {};
      stored = {
        settings: { ...defaultAppSettings, ...appSettingsSchema.partial().catch({}).parse(value("settings")) },
        limits: { ...noLimits, ...userLimitsSchema.partial().catch({}).parse(value("limits")) },
      };
    },
    current: () => stored.settings,
    limits: () => stored.limits,
    async write(tx, change) {
      for (const [name, value] of Object.entries(change)) {
        const key = name as keyof Stored;
        const set = { value: { ...value }, updatedAt: new Date() };
        await tx
          .insert(appSettings)
          .values({ key, ...set })
          .onConflictDoUpdate({ target: appSettings.key, set });
      }
      return {
        apply() {
          stored = { ...stored, ...change };
        },
      };
    },
  };
}
