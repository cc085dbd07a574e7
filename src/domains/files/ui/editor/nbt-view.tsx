"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { errorBodyOf } from "@/components/error-body";
import { ErrorState } from "@/components/error-state";
import { Input } from "@/components/ui/input";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { FilesSkeleton } from "../manager/files-skeleton";
import type { FilePageProps } from "./file-page";
import { NbtNode } from "./nbt-node";
import { NoTextView } from "./no-text-view";

/** The tags of a file of the game, to be looked at and looked through. */
export function NbtView(props: FilePageProps) {
  const { server, entry } = props;
  const t = useTranslations("files.editor.nbt");
  const [search, setSearch] = useState("");
  const { data, error, refetch } = useQuery({
    ...useTRPC().files.nbt.queryOptions({ serverId: server.id, path: entry.path }),
    retry: false,
  });
  const code = errorBodyOf(error)?.code;
  if (code === "NOT_TEXT" || code === "FILE_TOO_LARGE") return <NoTextView {...props} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <FilesSkeleton label={t("loading")} />;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          data-page-search
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          aria-label={t("search")}
          placeholder={t("search")}
          className="max-w-72 max-md:h-11"
        />
        <p className="text-sm text-muted-foreground">{t(data.isComplete ? "readOnly" : "incomplete")}</p>
      </div>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto rounded-lg border bg-card p-3 font-mono text-xs"
      >
        <NbtNode name={entry.name} tag={data.tag} search={search.trim().toLowerCase()} isOpen />
      </div>
    </>
  );
}
