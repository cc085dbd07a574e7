import { Skeleton } from "@/components/ui/skeleton";

const places = ["one", "two", "three", "four", "five"];

/** The list before it is known, in its final shape. */
export function SnapshotsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="divide-y rounded-lg border bg-card">
      {places.map((place) => (
        <div key={place} className="flex h-22 items-center gap-3 px-4 max-md:h-32">
          <Skeleton className="size-8 shrink-0" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-64 max-w-full" />
            <Skeleton className="h-3 w-80 max-w-full" />
          </div>
          <Skeleton className="h-8 w-24 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
