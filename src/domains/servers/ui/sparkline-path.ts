export interface SparklineBox {
  width: number;
  height: number;
  /** Value at the top edge; the bottom edge is 0. */
  max: number;
  /** How many samples the full width holds: fewer start at the right edge. */
  capacity: number;
}

export interface SparklinePaths {
  line: string;
  /** The line closed down to the bottom edge, to be filled. */
  area: string;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** SVG paths for the newest samples; a null (not running) interrupts the line. Half a unit is kept free at the top and bottom. */
export function sparklinePath(samples: readonly (number | null)[], box: SparklineBox): SparklinePaths {
  const shown = samples.slice(-box.capacity);
  const step = box.width / Math.max(1, box.capacity - 1);
  const offset = box.width - (shown.length - 1) * step;
  const bottom = box.height - 0.5;
  const runs: { x: number; y: number }[][] = [];
  shown.forEach((value, index) => {
    if (value === null) return;
    const share = box.max > 0 ? Math.min(1, Math.max(0, value / box.max)) : 0;
    const point = { x: round(offset + index * step), y: round(bottom - share * (box.height - 1)) };
    const isNewRun = index === 0 || shown[index - 1] === null;
    if (isNewRun) runs.push([point]);
    else runs.at(-1)?.push(point);
  });
  const drawn = runs.filter((run) => run.length > 1);
  const trace = (run: { x: number; y: number }[]) =>
    run.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join("");
  return {
    line: drawn.map(trace).join(""),
    area: drawn.map((run) => `${trace(run)}L${run.at(-1)?.x ?? 0} ${bottom}L${run[0]?.x ?? 0} ${bottom}Z`).join(""),
  };
}
