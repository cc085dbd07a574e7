import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

interface EmptyStateProps {
  icon: LucideIcon;
  title: ReactNode;
  text?: ReactNode;
  /** The next step, usually one button. */
  action?: ReactNode;
}

/** What a list shows while there is nothing in it: why, and what to do next. */
export function EmptyState({ icon: Icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed px-6 py-12 text-center">
      <Icon aria-hidden="true" className="size-8 text-muted-foreground" strokeWidth={1.5} />
      <div className="grid max-w-md gap-1">
        <p className="font-medium">{title}</p>
        {text && <p className="text-balance text-muted-foreground">{text}</p>}
      </div>
      {action && <div className="mt-1 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
