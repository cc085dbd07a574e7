import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import type { ServersLook } from "./servers-look";

export const cardGrid = "grid grid-cols-[repeat(auto-fill,minmax(min(100%,19rem),1fr))] gap-3";
const places = ["a", "b", "c", "d", "e", "f"];

/** The list before it is known, in its final shape. */
export function ServersSkeleton({ look, label }: { look: ServersLook; label: string }) {
  return (
    <div role="status" aria-label={label}>
      {look === "table" && (
        <div className="rounded-lg border bg-card max-md:hidden">
          {places.map((place) => (
            <div key={place} className="flex h-14 items-center gap-6 border-b px-4 last:border-0">
              <Skeleton className="size-4" />
              <Skeleton className="size-7" />
              <Skeleton className="h-4 w-48" />
              <Skeleton className="h-4 w-20" />
              <Skeleton className="h-4 flex-1" />
              <Skeleton className="h-8 w-24" />
            </div>
          ))}
        </div>
      )}
      <div className={cn(cardGrid, look === "table" && "md:hidden")}>
        {places.slice(0, 3).map((place) => (
          <div key={place} className="grid h-52 gap-3 rounded-lg border bg-card p-4">
            <div className="flex gap-3">
              <Skeleton className="size-9" />
              <div className="grid flex-1 gap-2">
                <Skeleton className="h-4 w-1/2" />
                <Skeleton className="h-3 w-1/3" />
              </div>
            </div>
            <Skeleton className="h-4 w-24" />
            <div className="grid grid-cols-2 gap-4">
              <Skeleton className="h-10" />
              <Skeleton className="h-10" />
            </div>
            <Skeleton className="h-6" />
          </div>
        ))}
      </div>
    </div>
  );
}
