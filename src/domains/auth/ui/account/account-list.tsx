"use client";

import type { LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/ui/skeleton";

interface AccountListProps<Entry> {
  query: { data?: readonly Entry[]; error: unknown; refetch: () => unknown };
  label: string;
  /** What stands there when the list is empty. */
  empty: ReactNode;
  children: (entry: Entry) => ReactNode;
}

/** A list of the account in each of its states: loading, failed, empty, there. */
export function AccountList<Entry>({ query, label, empty, children }: AccountListProps<Entry>) {
  const t = useTranslations("common");
  if (query.data)
    return query.data.length === 0 ? (
      empty
    ) : (
      <ul aria-label={label} className="-mb-3 divide-y border-t">
        {query.data.map(children)}
      </ul>
    );
  if (query.error) return <ErrorState error={query.error} onRetry={() => query.refetch()} />;
  return (
    <div role="status" aria-label={t("loading")} className="-mb-3 divide-y border-t">
      {["first", "second"].map((key) => (
        <div key={key} className="flex items-start gap-3 py-3">
          <Skeleton className="size-5" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-40 max-w-full" />
            <Skeleton className="h-3 w-64 max-w-full" />
          </div>
          <Skeleton className="h-8 w-16" />
        </div>
      ))}
    </div>
  );
}

interface AccountRowProps {
  icon: LucideIcon;
  title: ReactNode;
  /** Each on its own, separated where they fit in one line. */
  facts: readonly ReactNode[];
  actions?: ReactNode;
  children?: ReactNode;
}

export function AccountRow({ icon: Icon, title, facts, actions, children }: AccountRowProps) {
  return (
    <li className="flex items-start gap-3 py-3">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium wrap-anywhere">{title}</div>
        <div className="flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted-foreground">
          {facts.map((fact, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a row are always the same ones
            <span key={index} className="break-words">
              {fact}
            </span>
          ))}
        </div>
        {children}
      </div>
      {actions && <div className="flex shrink-0 items-center gap-1">{actions}</div>}
    </li>
  );
}
