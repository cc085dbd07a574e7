import { cn } from "@/lib/cn";
import type { ChartLine } from "./chart-line";
import { chartPaths, pointX } from "./chart-paths";

const width = 600;
const height = 96;

interface ChartDrawingProps {
  lines: readonly ChartLine[];
  top: number;
  points: number;
  /** The point that is looked at. */
  index: number | null;
}

/** The lines of a chart over a grid. Thin lines are the worst of each point. What it shows is said beside it in words. */
export function ChartDrawing({ lines, top, points, index }: ChartDrawingProps) {
  const box = { width, height, top };
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" className="h-24 w-full">
      {[0.5, height / 2, height - 0.5].map((y) => (
        <path
          key={y}
          d={`M0 ${y}H${width}`}
          className="stroke-border"
          strokeDasharray={y === height - 0.5 ? undefined : "2 3"}
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {lines.map(({ label, series, color, isDashed }) => {
        if (!series) return null;
        const { line, area } = chartPaths(series.average, box);
        const stroke = {
          fill: "none",
          stroke: "currentColor",
          strokeLinecap: "round",
          strokeLinejoin: "round",
        } as const;
        return (
          <g key={label ?? ""} className={cn(color)}>
            {lines.length === 1 && <path d={area} fill="currentColor" opacity={0.14} />}
            {series.peak && (
              <path
                d={chartPaths(series.peak, box).line}
                {...stroke}
                strokeWidth={1}
                opacity={0.45}
                vectorEffect="non-scaling-stroke"
              />
            )}
            <path
              d={line}
              {...stroke}
              data-slot="chart-line"
              strokeWidth={1.75}
              strokeDasharray={isDashed ? "4 3" : undefined}
              vectorEffect="non-scaling-stroke"
            />
          </g>
        );
      })}
      {index !== null && (
        <path
          d={`M${pointX(index, points, width)} 0V${height}`}
          className="stroke-foreground"
          opacity={0.6}
          vectorEffect="non-scaling-stroke"
        />
      )}
    </svg>
  );
}
