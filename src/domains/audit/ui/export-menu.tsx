"use client";

import { DownloadIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { type AuditPageFilter, exportPath } from "./audit-filter-url";

/** What the filters show, as a file. */
export function ExportMenu({ filter }: { filter: AuditPageFilter }) {
  const t = useTranslations("audit.export");
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="outline" title={t("hint")} className="max-md:h-11">
          <DownloadIcon />
          {t("button")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {(["csv", "jsonl"] as const).map((format) => (
          <DropdownMenuItem key={format} asChild>
            <a href={exportPath(filter, format)} download>
              {t(format)}
            </a>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
