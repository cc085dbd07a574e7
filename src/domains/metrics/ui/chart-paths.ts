export interface ChartBox {
  width: number;
  height: number;
  /** Value at the top edge; the bottom edge is 0. */
  top: number;
}

export interface ChartPaths {
  line: string;
  /** The line closed down to the bottom edge, to be filled. */
  area: string;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Middle of a point's stretch of time. */
export const pointX = (index: number, points: number, width: number) => round(((index + 0.5) / points) * width);

/** SVG paths for points of equal length. A null interrupts the line; a value alone between two of them is a dot. */
export function chartPaths(values: readonly (number | null)[], { width, height, top }: ChartBox): ChartPaths {
  const bottom = height - 0.5;
  const runs: { x: number; y: number }[][] = [];
  let run: { x: number; y: number }[] = [];
  for (const [index, value] of values.entries()) {
    if (value === null) {
      run = [];
      continue;
    }
    if (run.length === 0) runs.push(run);
    const share = top > 0 ? Math.min(1, Math.max(0, value / top)) : 0;
    run.push({ x: pointX(index, values.length, width), y: round(bottom - share * (height - 1)) });
  }
  const trace = (points: { x: number; y: number }[]) =>
    points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join("");
  return {
    line: runs.map((points) => (points.length === 1 ? `${trace(points)}h0.01` : trace(points))).join(""),
    area: runs
      .filter((points) => points.length > 1)
      .map((points) => `${trace(points)}L${points.at(-1)?.x ?? 0} ${bottom}L${points[0]?.x ?? 0} ${bottom}Z`)
      .join(""),
  };
}
