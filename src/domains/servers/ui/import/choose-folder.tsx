"use client";

import { ChevronUpIcon, FolderIcon, ServerIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/empty-state";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/use-error-text";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

/** Walks through the folders below IMPORT_ROOT and takes one. */
export function ChooseFolder({ onChoose }: { onChoose: (path: string) => void }) {
  const t = useTranslations("imports");
  const errorText = useErrorText();
  const [path, setPath] = useState("");
  const { data, error, refetch } = useQuery({
    ...useTRPC().servers.listImportFolders.queryOptions({ path }),
    retry: false,
    placeholderData: (before) => before,
  });
  if (error && errorText(error).code === "IMPORT_FOLDERS_OFF")
    return <EmptyState icon={FolderIcon} title={t("folder.off")} text={t("folder.offText")} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton role="status" aria-label={t("loading")} className="h-48" />;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 font-mono text-sm break-all">{path === "" ? data.root : `${data.root}/${path}`}</p>
        <div className="flex gap-2">
          {path !== "" && (
            <Button
              variant="outline"
              size="sm"
              className="max-md:h-11"
              onClick={() => setPath(path.split("/").slice(0, -1).join("/"))}
            >
              <ChevronUpIcon aria-hidden="true" />
              {t("folder.up")}
            </Button>
          )}
          <Button size="sm" className="max-md:h-11" onClick={() => onChoose(path)}>
            {t("folder.take")}
          </Button>
        </div>
      </div>
      {data.folders.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-center text-muted-foreground">
          {t("folder.empty")}
        </p>
      ) : (
        <ul aria-label={t("folder.list")} className="max-h-96 divide-y overflow-y-auto rounded-lg border bg-card">
          {data.folders.map((folder) => (
            <li key={folder.path} className="flex items-center gap-2 px-2">
              <Button
                variant="ghost"
                onClick={() => setPath(folder.path)}
                className="h-10 min-w-0 flex-1 justify-start max-md:h-11"
              >
                {folder.isServer ? <ServerIcon aria-hidden="true" /> : <FolderIcon aria-hidden="true" />}
                <span className="truncate">{folder.name}</span>
              </Button>
              {folder.isServer && (
                <Button variant="outline" size="sm" onClick={() => onChoose(folder.path)} className="max-md:h-11">
                  {t("folder.takeThis")}
                  <span className="sr-only">: {folder.name}</span>
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
