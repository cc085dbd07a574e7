"use client";

import { GlobeIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { type DragEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Server } from "@/domains/servers/contract";
import { useSnapshotRights } from "@/domains/snapshots/ui/use-snapshot-rights";
import { cn } from "@/lib/cn";
import { WorldDialog } from "./world-dialog";

/** On the overview: a world archive that is dropped or chosen here becomes the server's world. */
export function WorldDrop({ server }: { server: Server }) {
  const t = useTranslations("files.archive.world");
  const rights = useSnapshotRights(server);
  const [file, setFile] = useState<File | null>(null);
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  if (!rights.import || !rights.restore) return null;
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    setFile(event.dataTransfer.files[0] ?? null);
  };
  return (
    <section
      aria-label={t("title")}
      onDragOver={onDragOver}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
      className={cn(
        "flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-dashed bg-card px-4 py-2 text-sm",
        isOver && "border-primary bg-accent",
      )}
    >
      <GlobeIcon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      <span className="text-muted-foreground">{t("drop")}</span>
      <Button variant="outline" size="sm" className="max-md:h-11" onClick={() => input.current?.click()}>
        {t("choose")}
      </Button>
      <input
        ref={input}
        type="file"
        aria-label={t("title")}
        accept=".zip,.gz,.tgz,.zst,.tar"
        tabIndex={-1}
        className="sr-only"
        onChange={({ target }) => {
          setFile(target.files?.[0] ?? null);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
      {file && <WorldDialog server={server} file={file} onClose={() => setFile(null)} />}
    </section>
  );
}
