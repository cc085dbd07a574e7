"use client";

import { RotateCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import type { Folder } from "../use-folder";

interface FolderFootProps {
  folder: Folder;
  shown: number;
  isFiltered: boolean;
}

/** How much of the folder is here. */
export function FolderFoot({ folder, shown, isFiltered }: FolderFootProps) {
  const t = useTranslations("files.manager.foot");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const { parts = [], hasMore, error } = folder;
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  return (
    <div className="flex min-h-5 flex-wrap items-center gap-x-3 gap-y-1 px-1 text-xs text-muted-foreground tabular-nums">
      <p role="status">{isFiltered ? t("filtered", { shown, total }) : t("count", { total })}</p>
      {hasMore && !error && <p className="animate-state-pulse">{t("more")}</p>}
      {error !== null && (
        <>
          <p className="text-destructive">{`${t("incomplete")} ${errorText(error).text}`}</p>
          <Button variant="outline" size="sm" onClick={folder.retry}>
            <RotateCwIcon />
            {common("retry")}
          </Button>
        </>
      )}
    </div>
  );
}
