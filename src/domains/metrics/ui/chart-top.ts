const nice = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** A round number for the top of an axis that all values fit under; at least `least`. Bytes are rounded within their unit. */
export function chartTop(values: Iterable<number | null>, { least = 0, isBytes = false } = {}): number {
  let highest = 0;
  for (const value of values) highest = Math.max(highest, value ?? 0);
  if (highest <= least) return least;
  const unit = isBytes ? 1024 ** Math.floor(Math.log(Math.max(1, highest)) / Math.log(1024)) : 1;
  const amount = highest / unit;
  const decade = 10 ** Math.floor(Math.log10(amount));
  return (nice.find((step) => step * decade >= amount) ?? 10) * decade * unit;
}
