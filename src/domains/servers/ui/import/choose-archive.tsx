"use client";

import { FileArchiveIcon } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useId, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { useErrorText } from "@/components/use-error-text";
import { formatBytes } from "@/lib/format-bytes";
import { type Sending, sendArchive } from "./send-archive";

/** Picks an archive and sends it. */
export function ChooseArchive({ onSent }: { onSent: (uploadId: string) => void }) {
  const t = useTranslations("imports");
  const locale = useLocale();
  const errorText = useErrorText();
  const inputId = useId();
  const sending = useRef<Sending | null>(null);
  const [state, setState] = useState<{ name: string; size: number; sent: number } | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  useEffect(() => () => sending.current?.cancel(), []);

  const send = (file: File) => {
    setFault(null);
    setState({ name: file.name, size: file.size, sent: 0 });
    const started = sendArchive(file, (sent) => setState((before) => before && { ...before, sent }));
    sending.current = started;
    started.done.then(
      (id) => {
        sending.current = null;
        onSent(id);
      },
      (error: unknown) => {
        sending.current = null;
        setState(null);
        setFault(error);
      },
    );
  };
  const stop = () => {
    sending.current?.cancel();
    setState(null);
  };
  if (state)
    return (
      <div className="grid gap-3 rounded-lg border px-4 py-6">
        <p className="truncate font-medium">{state.name}</p>
        <Progress value={(state.sent / Math.max(1, state.size)) * 100} aria-label={t("sending")} />
        <div className="flex items-center justify-between gap-3">
          <span className="text-sm text-muted-foreground tabular-nums">
            {t("sent", { sent: formatBytes(state.sent, locale), size: formatBytes(state.size, locale) })}
          </span>
          <Button variant="outline" size="sm" onClick={stop} className="max-md:h-11">
            {t("stop")}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="grid gap-2">
      <label
        htmlFor={inputId}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          const [file] = event.dataTransfer.files;
          if (file) send(file);
        }}
        className="grid cursor-pointer justify-items-center gap-2 rounded-lg border border-dashed px-6 py-10 text-center hover:bg-accent/50 has-focus-visible:ring-2 has-focus-visible:ring-ring"
      >
        <FileArchiveIcon aria-hidden="true" className="size-8 text-muted-foreground" strokeWidth={1.5} />
        <span className="font-medium">{t("archive.choose")}</span>
        <span className="text-balance text-muted-foreground">{t("archive.text")}</span>
        <input
          id={inputId}
          type="file"
          accept=".zip,.tar,.gz,.tgz,.zst"
          className="sr-only"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) send(file);
          }}
        />
      </label>
      <p role="alert" className="text-sm text-destructive empty:hidden">
        {fault ? errorText(fault).text : null}
      </p>
    </div>
  );
}
