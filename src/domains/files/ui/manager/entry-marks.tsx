"use client";

import { ActivityIcon, CornerDownRightIcon, TypeIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import type { FileEntry } from "../../contract";
import { isOddName, shownPath } from "../shown-name";

/** What one should know of an entry before touching it. */
export function EntryMarks({ entry, isRunning }: { entry: FileEntry; isRunning: boolean }) {
  const t = useTranslations("files.manager.marks");
  const { kind, link, isLive, name } = entry;
  return (
    <>
      {kind === "link" && (
        <span className="flex min-w-0 items-center gap-1 text-xs text-muted-foreground">
          <CornerDownRightIcon role="img" aria-label={t("link")} className="size-3 shrink-0" />
          <span className="truncate font-mono">{link ? shownPath(link.target) : "?"}</span>
        </span>
      )}
      {kind === "link" && link && !link.isInside && (
        <Badge variant="warning" title={t("outsideText")}>
          {t("outside")}
        </Badge>
      )}
      {kind === "special" && (
        <Badge variant="warning" title={t("specialText")}>
          {t("special")}
        </Badge>
      )}
      {isLive && (
        <span title={t(isRunning ? "liveText" : "liveStopped")} className="inline-flex shrink-0">
          <ActivityIcon
            role="img"
            aria-label={t("live")}
            className={cn("size-3.5", isRunning ? "text-warning" : "text-muted-foreground")}
          />
        </span>
      )}
      {isOddName(name) && (
        <span title={t("oddText")} className="inline-flex shrink-0">
          <TypeIcon role="img" aria-label={t("odd")} className="size-3.5 text-warning" />
        </span>
      )}
    </>
  );
}
