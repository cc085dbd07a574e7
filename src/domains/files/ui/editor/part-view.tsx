"use client";

import { keepPreviousData } from "@tanstack/react-query";
import { ChevronLeftIcon, ChevronRightIcon, ChevronsLeftIcon, ChevronsRightIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { maxPartBytes } from "../../contract";
import { FilesSkeleton } from "../manager/files-skeleton";
import type { FilePageProps } from "./file-page";

/** A file that is too large for the editor, to be read part by part. */
export function PartView({ server, entry }: FilePageProps) {
  const t = useTranslations("files.editor.part");
  const locale = useLocale();
  const [start, setStart] = useState(0);
  const { data, error, refetch, isFetching } = useQuery({
    ...useTRPC().files.read.queryOptions({ serverId: server.id, path: entry.path, start, length: maxPartBytes }),
    placeholderData: keepPreviousData,
  });
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <FilesSkeleton label={t("loading")} />;
  const { size } = data;
  const { start: from, end } = data.part ?? { start: 0, end: size };
  const steps = [
    { name: "first", icon: ChevronsLeftIcon, to: 0, isOff: from === 0 },
    { name: "previous", icon: ChevronLeftIcon, to: Math.max(0, from - maxPartBytes), isOff: from === 0 },
    { name: "next", icon: ChevronRightIcon, to: end, isOff: end >= size },
    { name: "last", icon: ChevronsRightIcon, to: Math.max(0, size - maxPartBytes), isOff: end >= size },
  ] as const;
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <p className="mr-auto text-muted-foreground">
          {t("text", {
            from: formatBytes(from, locale),
            to: formatBytes(end, locale),
            size: formatBytes(size, locale),
          })}
        </p>
        {steps.map(({ name, icon: Icon, to, isOff }) => (
          <Button
            key={name}
            variant="outline"
            size="icon"
            aria-label={t(name)}
            disabled={isOff || isFetching}
            onClick={() => setStart(to)}
            className="max-md:size-11"
          >
            <Icon />
          </Button>
        ))}
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        aria-busy={isFetching}
        className="min-h-0 flex-1 overflow-auto rounded-lg border bg-card p-3 font-mono text-xs leading-5 break-all whitespace-pre-wrap"
      >
        {data.content}
      </pre>
    </>
  );
}
