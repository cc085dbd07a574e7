import { cn } from "@/lib/cn";
import { liveHistoryLength } from "./live-history";
import { sparklinePath } from "./sparkline-path";

interface SparklineProps {
  samples: readonly (number | null)[];
  /** Value at the top edge. */
  max: number;
  /** Text colour of the line: `text-…`. */
  className?: string;
}

const width = 120;
const height = 24;

/** A small chart without axes. Decoration: the value of now stands beside it as text. */
export function Sparkline({ samples, max, className }: SparklineProps) {
  const { line, area } = sparklinePath(samples, { width, height, max, capacity: liveHistoryLength });
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={cn("h-6 w-full min-w-12", className)}
    >
      <path d={`M0 ${height - 0.5}H${width}`} className="stroke-border" vectorEffect="non-scaling-stroke" />
      <path d={area} fill="currentColor" opacity={0.14} />
      <path d={line} fill="none" stroke="currentColor" strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
