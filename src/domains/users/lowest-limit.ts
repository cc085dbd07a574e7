import type { UserLimits } from "./contract";

/** Where a limit comes from: set for everybody, or for one user. */
export const limitLayers = ["application", "user"] as const;
export type LimitLayer = (typeof limitLayers)[number];
export type LimitsByLayer = Readonly<Record<LimitLayer, UserLimits>>;

/** The limits of which there is a most. */
export type MaxLimit = Exclude<keyof UserLimits, "minBackupIntervalHours">;

/** The lowest of all layers wins; null where none of them sets any. */
export function lowestLimit(limits: LimitsByLayer, name: MaxLimit): { layer: LimitLayer; max: number } | null {
  const set = limitLayers.flatMap((layer) => {
    const max = limits[layer][name];
    return max === null ? [] : [{ layer, max }];
  });
  return set.reduce<{ layer: LimitLayer; max: number } | null>(
    (lowest, next) => (lowest && lowest.max <= next.max ? lowest : next),
    null,
  );
}
