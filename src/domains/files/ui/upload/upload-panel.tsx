"use client";

import { ChevronDownIcon, ChevronUpIcon, XIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/lib/format-bytes";
import { UploadRow } from "./upload-row";
import { uploads, useUploads } from "./use-uploads";

/** What is on its way to the servers, wherever one is in the panel. */
export function UploadPanel() {
  const t = useTranslations("files.upload");
  const locale = useLocale();
  const items = useUploads();
  const [isOpen, setOpen] = useState(true);
  const left = items.filter(({ status }) => status !== "done");
  const isSending = left.some(({ status }) => status === "sending" || status === "waiting");
  useEffect(() => {
    if (!isSending) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", onUnload);
    return () => window.removeEventListener("beforeunload", onUnload);
  }, [isSending]);
  if (items.length === 0) return null;
  const [size, sent] = [sumOf(items, "size"), sumOf(items, "sent")];
  const taken = left.filter(({ status }) => status === "taken");
  const settleAll = (choice: "replace" | "keepBoth" | "skip") => {
    for (const { id } of taken) {
      if (choice === "skip") void uploads.cancel(id);
      else uploads.settle(id, choice);
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
            <UploadRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </section>
  );
}

function sumOf(items: readonly { size: number; sent: number }[], key: "size" | "sent"): number {
  return items.reduce((sum, item) => sum + item[key], 0);
}
