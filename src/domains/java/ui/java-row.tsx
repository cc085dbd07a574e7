"use client";

import { Trash2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { JavaInstallation } from "../contract";

interface JavaRowProps {
  java: JavaInstallation & { isOwn: boolean; servers: number | null };
  /** Null for those who may not remove any. */
  onRemove: (() => void) | null;
}

/** A Java of this machine: what it is, where, where from, and who runs with it. */
export function JavaRow({ java, onRemove }: JavaRowProps) {
  const t = useTranslations("java");
  const { major, version, vendor, path, source, isOwn, servers } = java;
  const isUsed = (servers ?? 0) > 0;
  return (
    <li className="flex flex-wrap items-start justify-between gap-3 p-4">
      <div className="grid min-w-0 gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{t("name", { major: String(major) })}</span>
          <span className="font-mono text-xs text-muted-foreground">{version}</span>
          <Badge variant="secondary">{t(`sources.${source}`)}</Badge>
        </p>
        <p className="font-mono text-xs [overflow-wrap:anywhere] text-muted-foreground">{path}</p>
        <p className="text-xs text-muted-foreground">
          {vendor}
          {servers !== null && ` · ${t("usedBy", { count: servers })}`}
        </p>
      </div>
      {isOwn && onRemove && (
        <Button
          variant="ghost"
          size="sm"
          disabled={isUsed}
          title={isUsed ? t("inUse") : undefined}
          aria-label={t("removeOf", { major: String(major) })}
          onClick={onRemove}
          className="max-md:h-11"
        >
          <Trash2Icon aria-hidden="true" />
          {t("remove")}
        </Button>
      )}
    </li>
  );
}
