/** What a figure should reach. */
export interface Goal {
  kind: "at least" | "at most";
  value: number;
}

/** One line of the report. */
export interface Figure {
  name: string;
  /** Of `ours` and `reference`. */
  unit: string;
  ours: number;
  /** The same measured on something simple, in the same run. Null where only the value itself says anything. */
  reference: number | null;
  /** What the goal speaks of: ours ÷ reference, ours − reference, or ours alone. */
  measure: "ratio" | "difference" | "value";
  goal: Goal | null;
  /** What has to be known to read the figure. */
  note?: string;
}

/** The number that is held against the goal. */
export function measured({ ours, reference, measure }: Figure): number {
  if (measure === "value" || reference === null) return ours;
  return measure === "ratio" ? ours / reference : ours - reference;
}

/** Null without a goal. A figure that could not be measured (NaN) has not reached its goal. */
export function isReached(figure: Figure): boolean | null {
  if (figure.goal === null) return null;
  const value = measured(figure);
  return figure.goal.kind === "at least" ? value >= figure.goal.value : value <= figure.goal.value;
}
