import { noLimits, type UserLimits, userLimitsSchema } from "../contract";
import { type LimitsByLayer, limitLayers, lowestLimit } from "../lowest-limit";

type LimitName = keyof UserLimits;

/** What holds of the two layers: the lowest; of the shortest interval the longer one. Null: no limit. */
export function strictestLimit(name: LimitName, limits: LimitsByLayer): number | null {
  if (name !== "minBackupIntervalHours") return lowestLimit(limits, name)?.max ?? null;
  const set = limitLayers.flatMap((layer) => limits[layer][name] ?? []);
  return set.length > 0 ? Math.max(...set) : null;
}

/** The limits with all their names; what is missing is no limit. */
export function wholeLimits(limits: Partial<UserLimits>): UserLimits {
  return { ...noLimits, ...limits };
}

/** What a form of limits accepts; the names of its faults are keys of `common.validation`. */
export const limitsFormSchema = userLimitsSchema.refine(
  ({ minBackupIntervalHours: min, maxBackupIntervalHours: max }) => min === null || max === null || min <= max,
  { message: "interval_order", path: ["minBackupIntervalHours"] },
);
