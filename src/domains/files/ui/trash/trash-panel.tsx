"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ArrowLeftIcon, RotateCcwIcon, Trash2Icon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { EmptyState } from "@/components/empty-state";
import { errorBodyOf } from "@/components/error-body";
import { ErrorState } from "@/components/error-state";
import { RelativeTime } from "@/components/relative-time";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import type { Server } from "@/domains/servers/contract";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { TrashItem } from "../../contract";
import { patchFolders } from "../folder-query";
import { FileTypeIcon } from "../manager/file-icon";
import { FilesSkeleton } from "../manager/files-skeleton";
import { nameOf, parentOf } from "../path-parts";
import { shownName, shownPath } from "../shown-name";
import type { FileRights } from "../use-file-rights";
import { RestoreElsewhereDialog } from "./restore-elsewhere-dialog";

interface TrashPanelProps {
  server: Server;
  rights: FileRights;
  onClose: () => void;
}

/** What was deleted and can still be brought back. */
export function TrashPanel({ server, rights, onClose }: TrashPanelProps) {
  const t = useTranslations("files.trash");
  const trpc = useTRPC();
  const client = useQueryClient();
  const onError = useToastError();
  const serverId = server.id;
  const { data: items, error, isPending, refetch } = useQuery(trpc.files.trash.queryOptions({ serverId }));
  const [confirming, setConfirming] = useState<TrashItem | "all" | null>(null);
  const [elsewhere, setElsewhere] = useState<TrashItem | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: trpc.files.trash.queryKey({ serverId }) });
  const restore = useMutation(
    trpc.files.restoreTrash.mutationOptions({
      onSuccess: (entry) => {
        patchFolders(client, serverId, { removed: [], added: [entry] });
        toast.success(t("restored", { path: shownPath(entry.path) }));
        setElsewhere(null);
        void refresh();
      },
    }),
  );
  const empty = useMutation(
    trpc.files.emptyTrash.mutationOptions({
      onError,
      onSuccess: ({ removed }) => {
        toast.success(t("removed", { count: removed }));
        void refresh();
      },
    }),
  );
  const bringBack = (item: TrashItem) =>
    restore.mutate(
      { serverId, trashId: item.trashId },
      {
        // Its place is taken: it may go to another.
        onError: (failure) => (errorBodyOf(failure)?.code === "PATH_EXISTS" ? setElsewhere(item) : onError(failure)),
      },
    );
  const bytes = items?.reduce((sum, { size }) => sum + (size ?? 0), 0) ?? 0;
  const locale = useLocale();
  return (
    <section aria-labelledby="trash-title" className="flex min-h-0 flex-1 flex-col gap-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button variant="ghost" size="sm" onClick={onClose} className="max-md:h-11">
          <ArrowLeftIcon />
          {t("back")}
        </Button>
        <div className="mr-auto min-w-0">
          <h2 id="trash-title" className="font-semibold">
            {t("title")}
          </h2>
          <p className="text-xs text-muted-foreground tabular-nums">
            {t("text")} {bytes > 0 && t("size", { size: formatBytes(bytes, locale) })}
          </p>
        </div>
        {rights.delete && items && items.length > 0 && (
          <Button variant="outline" onClick={() => setConfirming("all")} className="max-md:h-11">
            <Trash2Icon />
            {t("empty")}
          </Button>
        )}
      </header>
      <div className="min-h-0 flex-1">
        {isPending && <FilesSkeleton label={t("loading")} />}
        {!items && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {items?.length === 0 && <EmptyState icon={Trash2Icon} title={t("none.title")} text={t("none.text")} />}
        {items && items.length > 0 && (
          <ul
            aria-label={t("title")}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
            tabIndex={0}
            className="max-h-full divide-y overflow-y-auto rounded-lg border bg-card"
          >
            {items.map((item) => (
              <TrashRow
                key={item.trashId}
                item={item}
                rights={rights}
                isPending={restore.isPending}
                onRestore={() => bringBack(item)}
                onElsewhere={() => setElsewhere(item)}
                onRemove={() => setConfirming(item)}
              />
            ))}
          </ul>
        )}
      </div>
      {confirming && (
        <ConfirmDialog
          title={
            confirming === "all"
              ? t("confirm.title")
              : t("confirm.titleOne", { name: shownName(nameOf(confirming.path)) })
          }
          text={confirming === "all" ? t("confirm.text", { count: items?.length ?? 0 }) : t("confirm.textOne")}
          action={t("confirm.action")}
          onConfirm={() => empty.mutate({ serverId, trashId: confirming === "all" ? undefined : confirming.trashId })}
          onClose={() => setConfirming(null)}
        />
      )}
      {elsewhere && (
        <RestoreElsewhereDialog
          item={elsewhere}
          error={restore.error}
          isPending={restore.isPending}
          onRestore={(to) => restore.mutate({ serverId, trashId: elsewhere.trashId, to })}
          onClose={() => {
            restore.reset();
            setElsewhere(null);
          }}
        />
      )}
    </section>
  );
}

interface TrashRowProps {
  item: TrashItem;
  rights: FileRights;
  isPending: boolean;
  onRestore: () => void;
  onElsewhere: () => void;
  onRemove: () => void;
}

function TrashRow({ item, rights, isPending, onRestore, onElsewhere, onRemove }: TrashRowProps) {
  const t = useTranslations("files.trash");
  const locale = useLocale();
  const name = nameOf(item.path);
  const folder = parentOf(item.path);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2.5">
      <FileTypeIcon entry={{ kind: item.kind, name }} />
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
        <p className="font-medium break-all">{shownName(name)}</p>
        <p className="flex flex-wrap gap-x-2 text-xs break-all text-muted-foreground tabular-nums">
          <span>{folder === "" ? t("fromTop") : t("from", { folder: shownPath(folder) })}</span>
          <span>
            <RelativeTime date={item.deletedAt} />
          </span>
          <span>{t("by", { name: item.deletedBy })}</span>
          {item.size !== null && <span>{formatBytes(item.size, locale)}</span>}
        </p>
      </div>
      <div className="flex flex-wrap gap-1">
        {rights.edit && (
          <>
            <Button
              variant="outline"
              size="sm"
              disabled={isPending}
              aria-label={t("restoreName", { name: shownName(name) })}
              onClick={onRestore}
              className="max-md:h-11"
            >
              <RotateCcwIcon />
              {t("restore")}
            </Button>
            <Button
              variant="ghost"
              size="sm"
              aria-label={t("elsewhereName", { name: shownName(name) })}
              onClick={onElsewhere}
              className="max-md:h-11"
            >
              {t("elsewhere")}
            </Button>
          </>
        )}
        {rights.delete && (
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label={t("removeName", { name: shownName(name) })}
            onClick={onRemove}
            className="text-muted-foreground max-md:size-11"
          >
            <Trash2Icon />
          </Button>
        )}
      </div>
    </li>
  );
}
