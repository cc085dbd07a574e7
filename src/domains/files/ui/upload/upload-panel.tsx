"use client";

import { ChevronDownIcon, ChevronUpIcon, PauseIcon, PlayIcon, XIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPCClient } from "@/trpc/client";
import { namesLike } from "../names-like";
import { nameOf, parentOf } from "../path-parts";
import type { ReadNames } from "./upload-queue";
import { UploadRow } from "./upload-row";
import { uploads, useUploads } from "./use-uploads";

/** What is on its way to the servers, wherever one is in the panel. */
export function UploadPanel() {
  const t = useTranslations("files.upload");
  const locale = useLocale();
  const { files } = useTRPCClient();
  const items = useUploads();
  const [isOpen, setOpen] = useState(true);
  const left = items.filter(({ status }) => status !== "done");
  const canPause = left.some(({ status }) => status === "sending" || status === "waiting");
  const canResume = left.some(({ status }) => status === "paused");
  const isSending = canPause || left.some(({ status }) => status === "naming");
  useEffect(() => {
    if (!isSending) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", onUnload);
    return () => window.removeEventListener("beforeunload", onUnload);
  }, [isSending]);
  if (items.length === 0) return null;
  const [size, sent] = [sumOf(items, "size"), sumOf(items, "sent")];
  const readNames: ReadNames = ({ serverId, path }) =>
    namesLike(files, { serverId, path: parentOf(path) }, nameOf(path));
  const taken = left.filter(({ status }) => status === "taken");
  const settleAll = (choice: "replace" | "keepBoth" | "skip") => {
    for (const { id } of taken) {
      if (choice === "skip") void uploads.cancel(id);
      else if (choice === "replace") uploads.settle(id, { choice });
      else uploads.settle(id, { choice, readNames });
    }
  };
  return (
    <section
      aria-label={t("title")}
      className="fixed right-4 bottom-4 z-40 flex max-h-[60dvh] w-96 max-w-[calc(100vw-2rem)] flex-col rounded-lg border bg-popover text-popover-foreground"
    >
      <header className="flex items-center gap-2 border-b p-2 pl-3">
        <p role="status" className="mr-auto text-sm font-medium tabular-nums">
          {left.length === 0
            ? t("allDone", { count: items.length })
            : t("progress", { left: left.length, sent: formatBytes(sent, locale), size: formatBytes(size, locale) })}
        </p>
        {left.length > 1 && (canPause || canResume) && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={t(canPause ? "pauseAll" : "resumeAll")}
            title={t(canPause ? "pauseAll" : "resumeAll")}
            onClick={() => (canPause ? uploads.pauseAll() : uploads.resumeAll())}
            className="max-md:size-11"
          >
            {canPause ? <PauseIcon /> : <PlayIcon />}
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label={t(isOpen ? "less" : "more")}
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="max-md:size-11"
        >
          {isOpen ? <ChevronDownIcon /> : <ChevronUpIcon />}
        </Button>
        {!isSending && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={t("close")}
            onClick={() => {
              uploads.clearDone();
              for (const { id } of left) void uploads.cancel(id);
            }}
            className="max-md:size-11"
          >
            <XIcon />
          </Button>
        )}
      </header>
      {isOpen && taken.length > 1 && (
        <div className="flex flex-wrap gap-2 border-b p-2">
          <Button variant="outline" size="sm" onClick={() => settleAll("replace")} className="max-md:h-11">
            {t("replaceAll")}
          </Button>
          <Button variant="outline" size="sm" onClick={() => settleAll("keepBoth")} className="max-md:h-11">
            {t("keepAll")}
          </Button>
          <Button variant="outline" size="sm" onClick={() => settleAll("skip")} className="max-md:h-11">
            {t("skipAll")}
          </Button>
        </div>
      )}
      {isOpen && (
        <ul className="min-h-0 divide-y overflow-y-auto">
          {[...left, ...items.filter(({ status }) => status === "done")].slice(0, 200).map((item) => (
            <UploadRow key={item.id} item={item} readNames={readNames} />
          ))}
        </ul>
      )}
    </section>
  );
}

function sumOf(items: readonly { size: number; sent: number }[], key: "size" | "sent"): number {
  return items.reduce((sum, item) => sum + item[key], 0);
}
