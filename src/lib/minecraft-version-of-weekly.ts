/**
 * Last weekly snapshot (year * 100 + week) of each development line and the release it led to. From 26.1 on snapshots
 * carry their release in their own name (`26.1-snapshot-1`), so this list is closed.
 */
const lines: readonly (readonly [lastWeek: number, target: readonly [number, number, number]])[] = [
  [1201, [1, 1, 0]],
  [1208, [1, 2, 0]],
  [1230, [1, 3, 0]],
  [1242, [1, 4, 0]],
  [1250, [1, 4, 6]],
  [1310, [1, 5, 0]],
  [1312, [1, 5, 1]],
  [1326, [1, 6, 0]],
  [1343, [1, 7, 0]],
  [1349, [1, 7, 4]],
  [1434, [1, 8, 0]],
  [1607, [1, 9, 0]],
  [1615, [1, 9, 3]],
  [1621, [1, 10, 0]],
  [1644, [1, 11, 0]],
  [1650, [1, 11, 1]],
  [1718, [1, 12, 0]],
  [1731, [1, 12, 1]],
  [1822, [1, 13, 0]],
  [1833, [1, 13, 1]],
  [1914, [1, 14, 0]],
  [1946, [1, 15, 0]],
  [2022, [1, 16, 0]],
  [2030, [1, 16, 2]],
  [2120, [1, 17, 0]],
  [2144, [1, 18, 0]],
  [2207, [1, 18, 2]],
  [2219, [1, 19, 0]],
  [2224, [1, 19, 1]],
  [2246, [1, 19, 3]],
  [2307, [1, 19, 4]],
  [2318, [1, 20, 0]],
  [2335, [1, 20, 2]],
  [2346, [1, 20, 3]],
  [2414, [1, 20, 5]],
  [2421, [1, 21, 0]],
  [2440, [1, 21, 2]],
  [2446, [1, 21, 4]],
  [2510, [1, 21, 5]],
  [2521, [1, 21, 6]],
  [2537, [1, 21, 9]],
  [2552, [1, 21, 11]],
];

/** The release that weekly snapshot `YYwWW` led to; a later week than any known counts to the first release of its year. */
export function minecraftVersionOfWeekly(year: number, week: number): readonly [number, number, number] {
  const stamp = year * 100 + week;
  return lines.find(([lastWeek]) => stamp <= lastWeek)?.[1] ?? [year, 1, 0];
}
