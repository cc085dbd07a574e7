import { Skeleton } from "@/components/ui/skeleton";

/** The list of groups before it is known, in its final shape. */
export function GroupsSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="divide-y rounded-lg border bg-card">
      {["a", "b", "c", "d"].map((place) => (
        <div key={place} className="grid h-20 content-center gap-2 px-4">
          <Skeleton className="h-4 w-48" />
          <Skeleton className="h-3 w-72 max-w-full" />
        </div>
      ))}
    </div>
  );
}
