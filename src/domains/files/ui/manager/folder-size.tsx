"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

interface FolderSizeProps {
  serverId: string;
  path: string;
  /** Somebody wants to know. */
  isWanted: boolean;
  onWant: () => void;
}

/** Size of a folder once it was asked for: counting it reads all of it. */
export function FolderSize({ serverId, path, isWanted, onWant }: FolderSizeProps) {
  const t = useTranslations("files.manager.size");
  const locale = useLocale();
  const { data, isFetching, isError } = useQuery({
    ...useTRPC().files.measure.queryOptions({ serverId, path }),
    enabled: isWanted,
    staleTime: 60_000,
  });
  if (data) {
    const size = formatBytes(data.bytes, locale);
    const files = t("files", { count: data.files });
    return (
      <span title={data.isComplete ? files : t("atLeastText")}>{data.isComplete ? size : t("atLeast", { size })}</span>
    );
  }
  if (isFetching) return <span className="animate-state-pulse">{t("counting")}</span>;
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onWant();
      }}
      title={t("measure")}
      className="rounded-sm px-1 hover:bg-accent hover:text-foreground"
    >
      <span aria-hidden="true">{isError ? "!" : "—"}</span>
      <span className="sr-only">{t(isError ? "failed" : "measure")}</span>
    </button>
  );
}
