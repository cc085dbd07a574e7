import { cn } from "@/lib/cn";
import { sparklinePath } from "../sparkline-path";

interface LiveChartProps {
  label: string;
  value: string;
  hint: string;
  samples: readonly (number | null)[];
  capacity: number;
  /** Value at the top edge, and what is written there. */
  top: number;
  topLabel: string;
  /** Text colour of the line: `text-…`. */
  className: string;
}

const width = 300;
const height = 80;

/** One figure with its short past. The drawing repeats what the text says: hidden from screen readers. */
export function LiveChart({ label, value, hint, samples, capacity, top, topLabel, className }: LiveChartProps) {
  const { line, area } = sparklinePath(samples, { width, height, max: top, capacity });
  return (
    <figure className="grid content-start gap-2">
      <figcaption className="flex items-baseline justify-between gap-3">
        <span className="text-sm text-muted-foreground">{label}</span>
        <span className="text-lg leading-6 font-semibold tabular-nums">{value}</span>
      </figcaption>
      <div aria-hidden="true" className="relative">
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className={cn("h-20 w-full", className)}
        >
          {[0.5, height / 2, height - 0.5].map((y) => (
            <path
              key={y}
              d={`M0 ${y}H${width}`}
              className="stroke-border"
              strokeDasharray={y === height - 0.5 ? undefined : "2 3"}
              vectorEffect="non-scaling-stroke"
            />
          ))}
          <path d={area} fill="currentColor" opacity={0.14} />
          <path d={line} fill="none" stroke="currentColor" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
        </svg>
        <span className="absolute top-1 left-0 bg-card pr-1 text-[0.6875rem] text-muted-foreground tabular-nums">
          {topLabel}
        </span>
      </div>
      <p className="text-xs text-muted-foreground">{hint}</p>
    </figure>
  );
}
