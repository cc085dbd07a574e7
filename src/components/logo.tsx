import { cn } from "@/lib/cn";

/** Mark and name of the product: a block of four, one of them running. */
export function Logo({ className, isCompact = false }: { className?: string; isCompact?: boolean }) {
  return (
    <span className={cn("inline-flex items-center gap-2 font-semibold tracking-tight", className)}>
      <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 shrink-0">
        <rect x="1" y="1" width="8" height="8" rx="2" className="fill-primary" />
        <rect x="11" y="1" width="8" height="8" rx="2" className="fill-primary opacity-40" />
        <rect x="1" y="11" width="8" height="8" rx="2" className="fill-primary opacity-40" />
        <rect x="11" y="11" width="8" height="8" rx="2" className="fill-primary opacity-70" />
      </svg>
      <span className={cn("text-base", isCompact && "sr-only")}>mcsd</span>
    </span>
  );
}
