"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
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
import { useErrorText } from "@/components/use-error-text";
import type { FileEntry } from "../../contract";
import { joinPath } from "../path-parts";
import { shownPath } from "../shown-name";
import type { FileChanges } from "../use-file-changes";
import { nameFault } from "./name-field";

interface NewEntryDialogProps {
  kind: "file" | "folder";
  /** Where it will lie. */
  folder: string;
  isTaken: (name: string) => boolean;
  create: FileChanges["create"];
  onCreated: (entry: FileEntry) => void;
  onClose: () => void;
  onCloseAutoFocus: (event: Event) => void;
}

/** Asks for the name of a new file or folder. */
export function NewEntryDialog({
  kind,
  folder,
  isTaken,
  create,
  onCreated,
  onClose,
  onCloseAutoFocus,
}: NewEntryDialogProps) {
  const t = useTranslations("files.manager.create");
  const faults = useTranslations("files.manager.rename");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const [name, setName] = useState("");
  const [isSent, setSent] = useState(false);
  const fault = nameFault(name, isTaken);
  const shown = isSent && fault ? faults(fault) : create.error ? errorText(create.error).text : null;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (fault) return document.getElementById("new-name")?.focus();
    create.mutate(
      { kind, path: joinPath(folder, name) },
      {
        onSuccess: (entry) => {
          onClose();
          onCreated(entry);
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent onCloseAutoFocus={onCloseAutoFocus}>
        <form onSubmit={submit} className="grid min-w-0 gap-4" noValidate>
          <DialogHeader>
            <DialogTitle>{t(kind)}</DialogTitle>
            <DialogDescription className="break-all">
              {folder === "" ? t("inTop") : t("in", { folder: shownPath(folder) })}
            </DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor="new-name">{t("name")}</Label>
            <Input
              id="new-name"
              value={name}
              onChange={({ target }) => {
                setName(target.value);
                create.reset();
              }}
              placeholder={kind === "file" ? "notes.txt" : "plugins"}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={shown !== null}
              aria-describedby="new-name-fault"
              className="max-md:h-11"
            />
            <p id="new-name-fault" role="alert" className="text-sm text-destructive empty:hidden">
              {shown}
            </p>
          </div>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={create.isPending} className="max-md:h-11">
              {t("submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
