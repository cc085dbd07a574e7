"use client";

import { ChevronRightIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { cn } from "@/lib/cn";
import type { AuditEntry } from "../contract";
import { AuditDetails } from "./audit-details";
import type { AuditPageFilter } from "./audit-filter-url";
import { ResultMark } from "./result-mark";
import { useActionText } from "./use-action-text";
import { useTargetName } from "./use-target-name";

/** The columns of the list on a wide screen; on a narrow one a row is two lines. */
export const auditColumns = "md:grid-cols-[1rem_10.5rem_minmax(0,9rem)_minmax(0,1fr)_minmax(0,12rem)_5.5rem]";

interface AuditRowProps {
  entry: AuditEntry;
  onFilter: (part: Partial<AuditPageFilter>) => void;
}

/** One entry; pressed, it shows all that is known of it. */
export function AuditRow({ entry, onFilter }: AuditRowProps) {
  const t = useTranslations("audit");
  const format = useFormatter();
  const [isOpen, setOpen] = useState(false);
  const detailsId = useId();
  const words = useActionText()(entry.action);
  const target = useTargetName()(entry);
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detailsId : undefined}
        onClick={() => setOpen(!isOpen)}
        className={cn(
          "grid w-full grid-cols-[1rem_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 px-3 py-2 text-left transition-colors outline-none hover:bg-muted/50 focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-ring md:min-h-9 md:items-center",
          auditColumns,
          isOpen && "bg-muted/50",
        )}
      >
        <ChevronRightIcon
          aria-hidden="true"
          className={cn("size-4 self-center text-muted-foreground transition-transform", isOpen && "rotate-90")}
        />
        <time
          dateTime={entry.at.toISOString()}
          className="text-xs whitespace-nowrap text-muted-foreground tabular-nums max-md:order-4 max-md:col-start-2"
        >
          {format.dateTime(entry.at, "dense")}
        </time>
        <span className="truncate font-medium max-md:order-3 max-md:col-span-2 max-md:col-start-2 max-md:font-normal">
          {entry.actorName || <span className="text-muted-foreground">{t("nobody")}</span>}
        </span>
        <span className="min-w-0 max-md:order-1 max-md:col-start-2">
          {words && <span className="mr-2">{words}</span>}
          <span className={cn("font-mono text-xs break-all", words && "text-muted-foreground")}>{entry.action}</span>
        </span>
        <span className="truncate text-muted-foreground max-md:hidden">
          {target && (
            <>
              <span className="text-xs">{target.kind}</span> <span className="text-foreground">{target.name}</span>
            </>
          )}
        </span>
        <span className="max-md:order-2 max-md:col-start-3">
          <ResultMark result={entry.result} />
        </span>
      </button>
      {isOpen && <AuditDetails id={detailsId} entry={entry} target={target} onFilter={onFilter} />}
    </li>
  );
}
