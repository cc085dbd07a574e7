"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Sheet, SheetContent, SheetDescription, SheetHeader, SheetTitle } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { useToastError } from "@/components/use-toast-error";
import type { Server } from "@/domains/servers/contract";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC, useTRPCClient } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { FileEntry, FileVersion } from "../../contract";
import type { FileRights } from "../use-file-rights";
import { VersionDiff } from "./version-diff";

interface HistoryPanelProps {
  server: Pick<Server, "id">;
  entry: Pick<FileEntry, "name" | "path">;
  rights: FileRights;
  /** The text as it is in the editor. */
  present: () => string;
  isUnsaved: boolean;
  onClose: () => void;
  /** The file has another content now. */
  onChanged: () => void;
}

/** Earlier contents of a file: who replaced them and when, what is different, and the way back. */
export function HistoryPanel({ server, entry, rights, present, isUnsaved, onClose, onChanged }: HistoryPanelProps) {
  const t = useTranslations("files.history");
  const format = useFormatter();
  const locale = useLocale();
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const onError = useToastError();
  const of = { serverId: server.id, path: entry.path };
  const [shown, setShown] = useState<FileVersion | null>(null);
  const { data, error, refetch } = useQuery({ ...trpc.files.history.queryOptions(of), staleTime: 0 });
  const back = useMutation({
    onError,
    mutationFn: async ({ snapshotId }: { snapshotId: string; isUndo?: boolean }) => {
      await api.files.rollback.mutate({ ...of, snapshotId });
      const [before] = await api.files.history.query(of);
      return before;
    },
    onSuccess: (before, { isUndo }) => {
      void client.invalidateQueries({ queryKey: trpc.files.history.queryKey(of) });
      // What is said now, and the way to undo it, lies under the panel.
      onClose();
      onChanged();
      const undo = before && {
        label: t("undo"),
        onClick: () => back.mutate({ snapshotId: before.snapshotId, isUndo: true }),
      };
      toast.success(t(isUndo ? "undone" : "rolledBack"), isUndo || !undo ? {} : { duration: 10_000, action: undo });
    },
  });
  return (
    <Sheet open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <SheetContent className="flex w-full flex-col gap-3 overflow-y-auto p-4 sm:max-w-xl">
        <SheetHeader className="p-0">
          <SheetTitle className="break-all">{t("title", { name: entry.name })}</SheetTitle>
          <SheetDescription>{t("text")}</SheetDescription>
        </SheetHeader>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton className="h-40" />}
        {data?.length === 0 && <p className="text-sm text-muted-foreground">{t("none")}</p>}
        <ol className="grid gap-2">
          {data?.map((version) => (
            <li key={version.snapshotId} className="grid gap-2 rounded-lg border bg-card p-3">
              <p className="text-sm font-medium">
                {format.dateTime(version.createdAt, { dateStyle: "medium", timeStyle: "medium" })}
              </p>
              <p className="text-xs text-muted-foreground">
                {t("by", {
                  reason: t(`reason.${version.reason}`),
                  name: version.createdBy,
                  size: formatBytes(version.size, locale),
                })}
              </p>
              <div className="flex flex-wrap gap-2">
                <Button
                  variant="outline"
                  size="sm"
                  aria-expanded={shown?.snapshotId === version.snapshotId}
                  onClick={() => setShown(shown?.snapshotId === version.snapshotId ? null : version)}
                  className="max-md:h-11"
                >
                  {t("compare")}
                </Button>
                {rights.edit && (
                  <Button
                    variant="outline"
                    size="sm"
                    disabled={back.isPending || isUnsaved}
                    title={isUnsaved ? t("saveFirst") : undefined}
                    onClick={() => back.mutate(version)}
                    className="max-md:h-11"
                  >
                    {t("rollBack")}
                  </Button>
                )}
              </div>
              {shown?.snapshotId === version.snapshotId && (
                <VersionDiff of={of} version={version} present={present()} />
              )}
            </li>
          ))}
        </ol>
      </SheetContent>
    </Sheet>
  );
}
