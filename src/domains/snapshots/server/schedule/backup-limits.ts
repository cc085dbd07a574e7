import type { Env } from "@/server/env";
import { AppError } from "@/server/errors";
import type { UserLimits } from "../../../users/contract";
import type { backupLimitNames, Clamp, limitLayers, Retention, Schedule, Timing } from "../../contract";
import { cronGaps } from "./cron-times";

type Name = (typeof backupLimitNames)[number];

/** The strictest value of each limit with the layer that it comes from. Null: no layer limits it. */
export type BackupLimits = Readonly<Record<Name, { layer: (typeof limitLayers)[number]; value: number } | null>>;

type Layer = Partial<Pick<UserLimits, Name>>;

/** @param user the layer of the server's owner */
export function backupLimits(layers: {
  env: Pick<Env, "MAX_BACKUP_RETENTION" | "MAX_BACKUP_INTERVAL_HOURS">;
  application: Layer;
  user: Layer;
}): BackupLimits {
  const { env, application, user } = layers;
  const own = { maxBackups: env.MAX_BACKUP_RETENTION, maxBackupIntervalHours: env.MAX_BACKUP_INTERVAL_HOURS };
  const strictest = (name: Name): BackupLimits[Name] => {
    const isStricter = (a: number, b: number) => (name === "minBackupIntervalHours" ? a > b : a < b);
    let found: BackupLimits[Name] = null;
    for (const [layer, limits] of [
      ["application", own as Layer],
      ["application", application],
      ["user", user],
    ] as const) {
      const value = limits[name];
      if (typeof value === "number" && (!found || isStricter(value, found.value))) found = { layer, value };
    }
    return found;
  };
  return {
    minBackupIntervalHours: strictest("minBackupIntervalHours"),
    maxBackupIntervalHours: strictest("maxBackupIntervalHours"),
    maxBackups: strictest("maxBackups"),
  };
}

/** Throws LIMIT_EXCEEDED, with layer, limit, its value and what was given, for the first limit that the schedule breaks. */
export function requireWithinLimits(
  schedule: Pick<Schedule, "timing" | "retention">,
  limits: BackupLimits,
  now: Date,
): void {
  const [broken] = findClamps(schedule, limits, now);
  if (broken) throw limitExceeded(broken);
}

export function limitExceeded({ layer, limit, value, given }: Clamp): AppError {
  return new AppError("LIMIT_EXCEEDED", `${limit} of the ${layer} layer is ${value}, and ${given} was given.`, {
    layer,
    limit,
    value,
    given,
  });
}

/** What is in force: the schedule within its limits, and every limit that had to be brought to bear. */
export interface EffectiveSchedule {
  timing: Timing;
  /** For a cron expression whose gaps are not allowed: turns that come too soon are left out, and one is added that comes too late. */
  minHours: number | null;
  maxHours: number | null;
  retention: Retention;
  clamps: readonly Clamp[];
}

export function withinLimits(
  { timing, retention }: Pick<Schedule, "timing" | "retention">,
  limits: BackupLimits,
  now: Date,
): EffectiveSchedule {
  const clamps = findClamps({ timing, retention }, limits, now);
  const inForce = (name: Name) => clamps.find(({ limit }) => limit === name)?.value ?? null;
  const minHours = inForce("minBackupIntervalHours");
  const maxHours = inForce("maxBackupIntervalHours");
  const most = inForce("maxBackups");
  return {
    timing: timing.kind === "interval" ? { ...timing, everyHours: minHours ?? maxHours ?? timing.everyHours } : timing,
    minHours: timing.kind === "cron" ? minHours : null,
    maxHours: timing.kind === "cron" ? maxHours : null,
    retention: most === null ? retention : cutRetention(retention, most),
    clamps,
  };
}

/** Most snapshots that a retention can keep. */
export function retentionSize({ last, hourly, daily, weekly, monthly }: Retention): number {
  return last + hourly + daily + weekly + monthly;
}

function findClamps(
  { timing, retention }: Pick<Schedule, "timing" | "retention">,
  limits: BackupLimits,
  now: Date,
): Clamp[] {
  const { minBackupIntervalHours: least, maxBackupIntervalHours: longest, maxBackups: most } = limits;
  const found: Clamp[] = [];
  if (least || longest) {
    const { shortestHours, longestHours } =
      timing.kind === "interval"
        ? { shortestHours: timing.everyHours, longestHours: timing.everyHours }
        : cronGaps(timing, now);
    const round = (hours: number) => Math.round(hours * 100) / 100;
    if (least && shortestHours < least.value)
      found.push({ ...least, limit: "minBackupIntervalHours", given: round(shortestHours) });
    if (longest && longestHours > longest.value)
      found.push({ ...longest, limit: "maxBackupIntervalHours", given: round(longestHours) });
  }
  const size = retentionSize(retention);
  if (most && size > most.value) found.push({ ...most, limit: "maxBackups", given: size });
  return found;
}

/** The newest come first, then the tiers from the finest on. One always stays. */
function cutRetention(retention: Retention, most: number): Retention {
  let left = most;
  const take = (count: number) => {
    const taken = Math.min(count, left);
    left -= taken;
    return taken;
  };
  const last = Math.max(1, take(retention.last));
  return {
    last,
    hourly: take(retention.hourly),
    daily: take(retention.daily),
    weekly: take(retention.weekly),
    monthly: take(retention.monthly),
  };
}
