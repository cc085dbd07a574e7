import { Skeleton } from "@/components/ui/skeleton";

const places = Array.from({ length: 12 }, (_, index) => `row ${index}`);

/** The log before it is known, in its final shape. */
export function AuditSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="divide-y rounded-lg border bg-card">
      {places.map((place) => (
        <div key={place} className="flex h-9 items-center gap-6 px-3 max-md:h-16">
          <Skeleton className="h-3.5 w-32 max-md:hidden" />
          <Skeleton className="h-3.5 w-24 max-md:hidden" />
          <Skeleton className="h-3.5 flex-1" />
          <Skeleton className="h-3.5 w-16" />
        </div>
      ))}
    </div>
  );
}
