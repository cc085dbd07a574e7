"use client";

import {
  ArchiveIcon,
  CopyPlusIcon,
  DownloadIcon,
  FolderInputIcon,
  type LucideIcon,
  Trash2Icon,
  XIcon,
} from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/format-bytes";
import type { FileEntry } from "../../contract";
import type { FileAction } from "./file-actions";

const shown: readonly [FileAction, LucideIcon][] = [
  ["download", DownloadIcon],
  ["moveTo", FolderInputIcon],
  ["copyTo", CopyPlusIcon],
  ["compress", ArchiveIcon],
  ["delete", Trash2Icon],
];

interface SelectionBarProps {
  entries: readonly FileEntry[];
  actions: readonly FileAction[];
  onAction: (action: FileAction, entries: readonly FileEntry[]) => void;
  onClear: () => void;
}

/** What is selected, and what can be done with all of it. */
export function SelectionBar({ entries, actions, onAction, onClear }: SelectionBarProps) {
  const t = useTranslations("files.manager");
  const locale = useLocale();
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  return (
    <section
      aria-label={t("selection.label")}
      className="flex flex-wrap items-center gap-1 rounded-lg border border-input bg-popover px-2 py-1.5 shadow-lg shadow-black/20"
    >
      <p role="status" className="mr-auto px-1 text-sm tabular-nums">
        {t("selection.count", { count: entries.length })}
        {bytes > 0 && <span className="ml-2 text-xs text-muted-foreground">{formatBytes(bytes, locale)}</span>}
      </p>
      {shown
        .filter(([action]) => actions.includes(action))
        .map(([action, Icon]) => (
          <Button
            key={action}
            size="sm"
            variant="ghost"
            onClick={() => onAction(action, entries)}
            className="max-md:h-11 max-md:min-w-11"
          >
            <Icon aria-hidden="true" className={action === "delete" ? "text-destructive" : undefined} />
            <span className="max-md:sr-only">{t(`actions.${action}`)}</span>
          </Button>
        ))}
      <Button
        size="icon-sm"
        variant="ghost"
        aria-label={t("selection.clear")}
        onClick={onClear}
        className="max-md:size-11"
      >
        <XIcon />
      </Button>
    </section>
  );
}
