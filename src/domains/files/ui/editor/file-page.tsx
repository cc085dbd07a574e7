"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { errorBodyOf } from "@/components/error-body";
import { ErrorState } from "@/components/error-state";
import type { Server } from "@/domains/servers/contract";
import { usePermission } from "@/domains/servers/ui/use-permission";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { FileEntry } from "../../contract";
import { FileCrumbs } from "../manager/file-crumbs";
import { FilesSkeleton } from "../manager/files-skeleton";
import type { FileRights } from "../use-file-rights";
import { isNbtName } from "./is-nbt-name";
import { NbtView } from "./nbt-view";
import { NoTextView } from "./no-text-view";
import { PartView } from "./part-view";
import { TextEditor } from "./text-editor";

export interface FilePageProps {
  server: Server;
  entry: FileEntry;
  rights: FileRights;
  onPath: (path: string) => void;
}

/** One file: its text in the editor, its parts where it is too large for that, its tags, or what there is to say of it. */
export function FilePage(props: FilePageProps) {
  const { server, entry, onPath } = props;
  return (
    <section aria-label={entry.name} className="relative min-h-[78dvh] flex-1 md:min-h-[28rem]">
      <div className="absolute inset-0 flex min-h-0 flex-col gap-2">
        <FileCrumbs path={entry.path} onPath={onPath} drop={{ serverId: server.id }} />
        {entry.path === "server.properties" && <FormLink server={server} />}
        {isNbtName(entry.name) ? <NbtView {...props} /> : <TextView {...props} />}
      </div>
    </section>
  );
}

/** The same settings with words, limits and defaults. */
function FormLink({ server }: { server: Server }) {
  const t = useTranslations("files.properties");
  const { may } = usePermission();
  if (!may(server, "update")) return null;
  return (
    <Link
      href={`/servers/${server.id}/settings#properties`}
      className="inline-flex items-center self-start text-sm text-primary underline underline-offset-4 max-md:min-h-11"
    >
      {t("form")}
    </Link>
  );
}

function TextView(props: FilePageProps) {
  const { server, entry } = props;
  const t = useTranslations("files.editor");
  // What was opened stays: somebody else's change is told by the save, never written over what one types.
  const { data, error, refetch } = useQuery({
    ...useTRPC().files.read.queryOptions({ serverId: server.id, path: entry.path }),
    staleTime: 0,
    gcTime: 0,
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    retry: false,
  });
  const code = errorBodyOf(error)?.code;
  if (code === "FILE_TOO_LARGE") return <PartView {...props} />;
  if (code === "NOT_TEXT") return <NoTextView {...props} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <FilesSkeleton label={t("loading")} />;
  return <TextEditor key={entry.path} {...props} opened={data} />;
}
