import { Skeleton } from "@/components/ui/skeleton";

const places = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The list of users before it is known, in its final shape. */
export function UsersSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label}>
      <div className="rounded-lg border bg-card max-md:hidden">
        {places.map((place) => (
          <div key={place} className="flex h-11 items-center gap-8 border-b px-4 last:border-0">
            <Skeleton className="h-4 w-40" />
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-4 w-24" />
            <Skeleton className="h-4 flex-1" />
            <Skeleton className="h-4 w-28" />
          </div>
        ))}
      </div>
      <div className="grid gap-2 md:hidden">
        {places.slice(0, 4).map((place) => (
          <div key={place} className="grid h-28 content-center gap-2 rounded-lg border bg-card p-4">
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-4 w-2/3" />
            <Skeleton className="h-3 w-1/3" />
          </div>
        ))}
      </div>
    </div>
  );
}
