"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
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
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useErrorText } from "@/components/use-error-text";
import { useTRPCClient } from "@/trpc/client";
import { archiveFormats, type FileEntry } from "../../contract";
import { joinPath, parentOf } from "../path-parts";
import { shownName } from "../shown-name";

interface ArchiveDialogProps {
  serverId: string;
  entries: readonly FileEntry[];
  folder: string;
  onClose: () => void;
  onCloseAutoFocus: (event: Event) => void;
}

/** Unpacks an archive of the server's into one of its folders. */
export function ExtractDialog({ serverId, entries, onClose, onCloseAutoFocus }: ArchiveDialogProps) {
  const t = useTranslations("files.archive.extract");
  const api = useTRPCClient();
  const [entry] = entries;
  const [to, setTo] = useState(entry?.path.replace(/\.(?:zip|tar|tgz|tar\.gz|tar\.zst)$/i, "") ?? "");
  const name = shownName(entry?.name ?? "");
  const extract = useMutation({
    mutationFn: () => api.files.extract.mutate({ serverId, path: entry?.path ?? "", to }),
    onSuccess: () => {
      toast.success(t("started", { name }));
      onClose();
    },
  });
  return (
    <Frame
      title={t("title", { name })}
      text={t("text")}
      submit={t("submit")}
      work={extract}
      {...{ onClose, onCloseAutoFocus }}
    >
      <Label htmlFor="extract-to">{t("to")}</Label>
      <Input
        id="extract-to"
        value={to}
        onChange={({ target }) => setTo(target.value)}
        maxLength={1000}
        spellCheck={false}
      />
    </Frame>
  );
}

/** Makes an archive of what is chosen, in the folder that it lies in. */
export function CompressDialog({ serverId, entries, folder, onClose, onCloseAutoFocus }: ArchiveDialogProps) {
  const t = useTranslations("files.archive.compress");
  const api = useTRPCClient();
  const [first] = entries;
  const [name, setName] = useState(entries.length === 1 && first ? first.name : "archive");
  const [format, setFormat] = useState<(typeof archiveFormats)[number]>("zip");
  const file = `${name}.${format}`;
  const compress = useMutation({
    mutationFn: () =>
      api.files.compress.mutate({
        serverId,
        paths: entries.map(({ path }) => path),
        to: joinPath(first ? parentOf(first.path) : folder, file),
      }),
    onSuccess: () => {
      toast.success(t("started", { name: file }));
      onClose();
    },
  });
  const title = t("title", { count: entries.length, name: shownName(first?.name ?? "") });
  return (
    <Frame title={title} text={t("text")} submit={t("submit")} work={compress} {...{ onClose, onCloseAutoFocus }}>
      <div className="grid grid-cols-[1fr_auto] gap-2">
        <div className="grid gap-2">
          <Label htmlFor="archive-name">{t("name")}</Label>
          <Input
            id="archive-name"
            value={name}
            onChange={({ target }) => setName(target.value)}
            maxLength={200}
            required
            spellCheck={false}
          />
        </div>
        <div className="grid gap-2">
          <Label htmlFor="archive-format">{t("format")}</Label>
          <Select
            value={format}
            onValueChange={(value) => setFormat(archiveFormats.find((known) => known === value) ?? "zip")}
          >
            <SelectTrigger id="archive-format" className="min-w-28 max-md:data-[size=default]:h-11">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {archiveFormats.map((known) => (
                <SelectItem key={known} value={known}>
                  .{known}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
      </div>
    </Frame>
  );
}

interface FrameProps {
  title: string;
  text: string;
  submit: string;
  work: { mutate: () => void; isPending: boolean; error: unknown };
  onClose: () => void;
  onCloseAutoFocus: (event: Event) => void;
  children: ReactNode;
}

function Frame({ title, text, submit, work, onClose, onCloseAutoFocus, children }: FrameProps) {
  const common = useTranslations("common");
  const errorText = useErrorText();
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!work.isPending) work.mutate();
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent onCloseAutoFocus={onCloseAutoFocus}>
        <form onSubmit={onSubmit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-all">{title}</DialogTitle>
            <DialogDescription>{text}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            {children}
            <p role="alert" className="text-sm text-destructive empty:hidden">
              {work.error ? errorText(work.error).text : null}
            </p>
          </div>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={work.isPending} className="max-md:h-11">
              {submit}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
