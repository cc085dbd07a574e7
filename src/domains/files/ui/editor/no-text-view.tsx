"use client";

import { DownloadIcon, FileIcon } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { EmptyState } from "@/components/empty-state";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/format-bytes";
import { downloadAddress } from "../file-address";
import type { FilePageProps } from "./file-page";

/** What there is to say of a file that nobody reads: how large, how old, and the way to have it. */
export function NoTextView({ server, entry, rights }: FilePageProps) {
  const t = useTranslations("files.editor");
  const format = useFormatter();
  const locale = useLocale();
  return (
    <EmptyState
      icon={FileIcon}
      title={t("notText.title")}
      text={t("notText.text", {
        size: formatBytes(entry.size, locale),
        when: format.dateTime(entry.modifiedAt, { dateStyle: "medium", timeStyle: "short" }),
      })}
      action={
        rights.download && (
          <Button asChild variant="outline" className="max-md:h-11">
            <a href={downloadAddress(server.id, entry)} download>
              <DownloadIcon />
              {t("download")}
            </a>
          </Button>
        )
      }
    />
  );
}
