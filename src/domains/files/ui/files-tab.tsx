"use client";

import { useQueryClient } from "@tanstack/react-query";
import { FileXIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { DeniedState } from "@/components/denied-state";
import { EmptyState } from "@/components/empty-state";
import { errorBodyOf } from "@/components/error-body";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import type { Server } from "@/domains/servers/contract";
import { useServer } from "@/domains/servers/ui/use-server";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { FilePage } from "./editor/file-page";
import { knownEntry } from "./folder-query";
import { FileBrowser } from "./manager/file-browser";
import { FilesSkeleton } from "./manager/files-skeleton";
import { useKeptState } from "./manager/use-kept-state";
import { parentOf } from "./path-parts";
import { useFileRights } from "./use-file-rights";
import { useFileView } from "./use-file-view";

/** The files of a server: the folder or file that stands in the address. */
export function FilesTab({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  return server ? <Files server={server} /> : null;
}

function Files({ server }: { server: Server }) {
  const t = useTranslations("files.manager");
  const rights = useFileRights(server);
  const [view, setView] = useFileView(server.id);
  const kept = useKeptState();
  const client = useQueryClient();
  const { path } = view;
  const {
    data: entry,
    error,
    refetch,
  } = useQuery({
    ...useTRPC().files.stat.queryOptions({ serverId: server.id, path }),
    enabled: rights.view && path !== "",
    // What a list has shown opens at once.
    placeholderData: () => knownEntry(client, server.id, path),
  });
  if (!rights.view) return <DeniedState permission="files.view" />;
  const kind = path === "" ? "folder" : entry?.kind;
  if (kind === "folder")
    return <FileBrowser server={server} rights={rights} view={view} kept={kept} onView={setView} />;
  if (kind === "file" && entry)
    return <FilePage server={server} entry={entry} rights={rights} onPath={(next) => setView({ path: next })} />;
  if (!error && !kind) return <FilesSkeleton label={t("loading")} />;
  const isGone = errorBodyOf(error)?.code === "PATH_NOT_FOUND";
  if (error && !isGone) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <EmptyState
      icon={FileXIcon}
      title={t(isGone ? "gone.title" : "notOpened.title")}
      text={t(isGone ? "gone.text" : "notOpened.text")}
      action={
        <Button variant="outline" className="max-md:h-11" onClick={() => setView({ path: parentOf(path) })}>
          {t("gone.back")}
        </Button>
      }
    />
  );
}
