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
  /**
   * One change after another: `decide` is given what is stored now and returns what shall be, in the transaction in which it
   * writes its audit row. Resolves once that is committed and holds; then every call sees it.
   */
  change<Key extends keyof Stored>(
    key: Key,
    decide: (now: Stored[Key], tx: Transaction) => Promise<Stored[Key]>,
  ): Promise<Stored[Key]>;
}

interface Stored {
  settings: AppSettings;
  limits: UserLimits;
}

export function createSettingsStore(db: Database): SettingsStore {
  let stored: Stored = { settings: defaultAppSettings, limits: noLimits };
  let last: Promise<unknown> = Promise.resolve();
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
    change(key, decide) {
      const next = last.then(async () => {
        const wanted = await db.transaction(async (tx) => {
          const value = await decide(stored[key], tx);
          const set = { value: { ...value }, updatedAt: new Date() };
          await tx
            .insert(appSettings)
            .values({ key, ...set })
            .onConflictDoUpdate({ target: appSettings.key, set });
          return value;
        });
        stored = { ...stored, [key]: wanted };
        return wanted;
      });
      last = next.catch(() => {});
      return next;
    },
  };
}
