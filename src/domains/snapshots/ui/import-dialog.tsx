"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Progress } from "@/components/ui/progress";
import { useErrorText } from "@/components/use-error-text";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { ResourceChoice } from "./resource-choice";
import { sendArchive } from "./send-archive";

/** An archive becomes a snapshot. Closing stops an upload that is on its way. */
export function ImportDialog({ serverId, onClose }: { serverId: string; onClose: () => void }) {
  const t = useTranslations("snapshots.importDialog");
  const all = useTranslations("snapshots");
  const common = useTranslations("common");
  const locale = useLocale();
  const errorText = useErrorText();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [resource, setResource] = useState<"server_full" | "world">("server_full");
  const [path, setPath] = useState("world");
  const [note, setNote] = useState("");
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = stop.current;
    return () => controller.abort();
  }, []);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!file || sent !== null) return;
    setError(null);
    setSent(0);
    const query = { resource, note: note.trim(), ...(resource === "world" ? { path: path.trim() } : {}) };
    try {
      await sendArchive({
        serverId,
        file,
        as: "snapshots/import",
        query,
        signal: stop.current.signal,
        onSent: setSent,
      });
      if (stop.current.signal.aborted) return;
      toast.success(all("sent.import"));
      void client.invalidateQueries({ queryKey: trpc.snapshots.pathKey() });
      onClose();
    } catch (failure) {
      setError(failure);
      setSent(null);
    }
  };
  const isBusy = sent !== null;
  const bytes = (count: number) => formatBytes(count, locale);
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle>{t("title")}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <fieldset disabled={isBusy} className="grid min-w-0 gap-4">
            <legend className="sr-only">{t("title")}</legend>
            <div className="grid gap-2">
              <Label htmlFor="import-file">{t("file")}</Label>
              <Input
                id="import-file"
                type="file"
                accept=".zst,.gz,.tgz,.tar,.zip"
                onChange={({ target }) => setFile(target.files?.[0] ?? null)}
                className="max-md:h-11"
              />
            </div>
            <ResourceChoice
              label={t("what")}
              value={resource}
              onChange={setResource}
              choices={(["server_full", "world"] as const).map((value) => ({
                value,
                label: all(`resources.${value}`),
              }))}
            />
            {resource === "world" && (
              <div className="grid gap-2">
                <Label htmlFor="import-path">{all("createDialog.worldPath")}</Label>
                <Input
                  id="import-path"
                  value={path}
                  onChange={({ target }) => setPath(target.value)}
                  autoComplete="off"
                  spellCheck={false}
                  aria-describedby="import-path-hint"
                  className="font-mono max-md:h-11"
                />
                <p id="import-path-hint" className="text-sm text-muted-foreground">
                  {t("hintWorld", { example: "world" })}
                </p>
              </div>
            )}
            <div className="grid gap-2">
              <Label htmlFor="import-note">
                {all("note.label")} <span className="font-normal text-muted-foreground">({common("optional")})</span>
              </Label>
              <Input
                id="import-note"
                value={note}
                onChange={({ target }) => setNote(target.value)}
                maxLength={500}
                className="max-md:h-11"
              />
            </div>
          </fieldset>
          {isBusy && file && (
            <div className="grid gap-1.5">
              <Progress value={sent < file.size ? (sent / file.size) * 100 : null} aria-label={t("progress")} />
              <p role="status" className="text-xs text-muted-foreground tabular-nums">
                {sent < file.size ? t("sent", { done: bytes(sent), total: bytes(file.size) }) : t("unpacking")}
              </p>
            </div>
          )}
          <p role="alert" className="text-sm text-destructive empty:hidden">
            {error ? errorText(error).text : null}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {t("stop")}
            </Button>
            <Button
              type="submit"
              disabled={!file || isBusy || (resource === "world" && path.trim() === "")}
              className="max-md:h-11"
            >
              {t("submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
