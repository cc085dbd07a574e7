import { Skeleton } from "@/components/ui/skeleton";

const widths = ["w-40", "w-56", "w-32", "w-48", "w-36", "w-64", "w-44", "w-28"];

/** A list in the making, of its final shape. */
export function FilesSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="h-full overflow-hidden rounded-lg border bg-card">
      <div className="h-9 border-b" />
      {widths.map((width) => (
        <div key={width} className="flex h-14 items-center gap-3 border-b border-border/60 px-3 md:h-9">
          <Skeleton className="size-4" />
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="ml-auto h-3 w-24 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
