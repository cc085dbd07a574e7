"use client";

import { ClipboardPasteIcon, XIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { FileEntry } from "../../contract";

/** What was cut or copied, to be put into another folder. */
export interface Clipboard {
  mode: "cut" | "copy";
  entries: readonly FileEntry[];
}

interface ClipboardBarProps {
  clipboard: Clipboard;
  onPaste: () => void;
  onClear: () => void;
}

/** Keeps in sight what waits to be pasted. */
export function ClipboardBar({ clipboard, onPaste, onClear }: ClipboardBarProps) {
  const t = useTranslations("files.manager.clipboard");
  return (
    <section
      aria-label={t("label")}
      className="flex flex-wrap items-center gap-1 rounded-lg border bg-muted px-2 py-1.5 text-sm"
    >
      <p role="status" className="mr-auto px-1 tabular-nums">
        {t(clipboard.mode, { count: clipboard.entries.length })}
      </p>
      <Button size="sm" variant="outline" onClick={onPaste} className="max-md:h-11">
        <ClipboardPasteIcon />
        {t("paste")}
      </Button>
      <Button size="icon-sm" variant="ghost" aria-label={t("clear")} onClick={onClear} className="max-md:size-11">
        <XIcon />
      </Button>
    </section>
  );
}
