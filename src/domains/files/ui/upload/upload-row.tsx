"use client";

import { CheckIcon, PauseIcon, PlayIcon, RotateCwIcon, XIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { useErrorText } from "@/components/use-error-text";
import { formatBytes } from "@/lib/format-bytes";
import { nameOf } from "../path-parts";
import { shownName } from "../shown-name";
import type { ReadNames, UploadItem } from "./upload-queue";
import { uploads } from "./use-uploads";

/** One file: how far it is, how fast, and what can be done with it. */
export function UploadRow({ item, readNames }: { item: UploadItem; readNames: ReadNames }) {
  const t = useTranslations("files.upload");
  const locale = useLocale();
  const textOf = useErrorText();
  const { id, status, size, sent, speed, error } = item;
  const name = shownName(nameOf(item.path));
  const icon = "max-md:size-11 size-8 shrink-0";
  return (
    <li className="grid gap-1 px-3 py-2">
      <div className="flex items-center gap-1">
        <p className="min-w-0 flex-1 truncate text-sm" title={item.path}>
          {name}
        </p>
        {status === "done" && <CheckIcon aria-label={t("done")} className="size-4 text-primary" />}
        {(status === "sending" || status === "waiting") && (
          <Button
            variant="ghost"
            size="icon"
            className={icon}
            aria-label={t("pause", { name })}
            onClick={() => uploads.pause(id)}
          >
            <PauseIcon />
          </Button>
        )}
        {status === "paused" && (
          <Button
            variant="ghost"
            size="icon"
            className={icon}
            aria-label={t("resume", { name })}
            onClick={() => uploads.resume(id)}
          >
            <PlayIcon />
          </Button>
        )}
        {status === "failed" && (
          <Button
            variant="ghost"
            size="icon"
            className={icon}
            aria-label={t("retry", { name })}
            onClick={() => uploads.resume(id)}
          >
            <RotateCwIcon />
          </Button>
        )}
        {status !== "done" && (
          <Button
            variant="ghost"
            size="icon"
            className={icon}
            aria-label={t("cancel", { name })}
            onClick={() => void uploads.cancel(id)}
          >
            <XIcon />
          </Button>
        )}
      </div>
      {status !== "done" && status !== "failed" && status !== "taken" && (
        <>
          <Progress value={size === 0 ? 0 : (sent / size) * 100} aria-label={t("progressOf", { name })} />
          <p className="text-xs text-muted-foreground tabular-nums">
            {t("sent", { sent: formatBytes(sent, locale), size: formatBytes(size, locale) })}
            {speed !== null && ` · ${t("speed", { speed: formatBytes(speed, locale) })}`}
            {status === "paused" && ` · ${t("paused")}`}
          </p>
        </>
      )}
      {status === "failed" && (
        <p role="alert" className="text-xs text-destructive">
          {error ? textOf({ data: { error } }).text : t("lost")}
        </p>
      )}
      {status === "taken" && (
        <div className="flex flex-wrap items-center gap-2">
          <p className="w-full text-xs text-warning">{t("taken")}</p>
          <Button
            variant="outline"
            size="sm"
            onClick={() => uploads.settle(id, { choice: "replace" })}
            className="max-md:h-11"
          >
            {t("replace")}
          </Button>
          <Button
            variant="outline"
            size="sm"
            onClick={() => uploads.settle(id, { choice: "keepBoth", readNames })}
            className="max-md:h-11"
          >
            {t("keepBoth")}
          </Button>
        </div>
      )}
    </li>
  );
}
