import { noLimits, type UserLimits, userLimitsSchema } from "../contract";

type LimitName = keyof UserLimits;

/** What holds of two layers: the lower one; of the shortest interval the longer one. Null: no limit. */
export function strictestLimit(name: LimitName, one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return name === "minBackupIntervalHours" ? Math.max(one, other) : Math.min(one, other);
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
