"use client";

import { ChevronDownIcon, DotIcon, MinusIcon, PlusIcon, RotateCcwIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import type { SnapshotChange } from "../../contract";
import { FileDiffView } from "./file-diff";

interface ChangeRowProps {
  change: SnapshotChange;
  snapshotId: string;
  withId: string | null;
  canSeeLines: boolean;
  /** Null: it cannot be brought back, or not by this person. */
  onRestore: (() => void) | null;
}

const marks = {
  added: { icon: PlusIcon, variant: "success" },
  removed: { icon: MinusIcon, variant: "danger" },
  changed: { icon: DotIcon, variant: "warning" },
} as const;

/** One path that is different, with its sizes; a file's lines on demand. */
export function ChangeRow({ change, snapshotId, withId, canSeeLines, onRestore }: ChangeRowProps) {
  const t = useTranslations("snapshots.compare");
  const locale = useLocale();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { path, kind, size, otherSize } = change;
  const { icon: Icon, variant } = marks[change.change];
  const bytes = (count: number) => formatBytes(count, locale);
  const hasLines = canSeeLines && kind === "file";
  return (
    <li className="grid min-w-0 gap-2 px-4 py-2">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <Badge variant={variant} className="min-w-18">
          <Icon aria-hidden="true" />
          {t(change.change)}
        </Badge>
        <span className="min-w-0 flex-1 basis-48 font-mono text-xs break-all">{path}</span>
        <span className="text-xs text-muted-foreground tabular-nums">
          {size !== null && otherSize !== null
            ? t("sizes", { from: bytes(size), to: bytes(otherSize) })
            : kind === "file" && bytes(size ?? otherSize ?? 0)}
        </span>
        <span className="flex gap-1">
          {hasLines && (
            <Button
              variant="ghost"
              size="sm"
              aria-expanded={isOpen}
              aria-controls={id}
              aria-label={`${t(isOpen ? "hide" : "diff")}: ${path}`}
              className="max-md:h-11"
              onClick={() => setOpen(!isOpen)}
            >
              <ChevronDownIcon className={cn("transition-transform", isOpen && "rotate-180")} />
              {t(isOpen ? "hide" : "diff")}
            </Button>
          )}
          {onRestore && (
            <Button
              variant="ghost"
              size="sm"
              aria-label={t("restoreOne", { path })}
              className="max-md:h-11"
              onClick={onRestore}
            >
              <RotateCcwIcon />
              {t("restore")}
            </Button>
          )}
        </span>
      </div>
      <div id={id} className="min-w-0 empty:hidden">
        {isOpen && <FileDiffView snapshotId={snapshotId} path={path} withSnapshotId={withId} />}
      </div>
    </li>
  );
}
