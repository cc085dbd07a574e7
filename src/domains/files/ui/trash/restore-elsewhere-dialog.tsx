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
import { newPathSchema, type TrashItem } from "../../contract";
import { freeName } from "../manager/free-name";
import { joinPath, nameOf, parentOf } from "../path-parts";
import { shownName } from "../shown-name";

interface RestoreElsewhereDialogProps {
  item: TrashItem;
  error: unknown;
  isPending: boolean;
  onRestore: (to: string) => void;
  onClose: () => void;
}

/** Asks where to put what was deleted, when its old place is taken or somebody wants another. */
export function RestoreElsewhereDialog({ item, error, isPending, onRestore, onClose }: RestoreElsewhereDialogProps) {
  const t = useTranslations("files.trash.dialog");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const name = nameOf(item.path);
  const [to, setTo] = useState(() =>
    name.isWellFormed() ? joinPath(parentOf(item.path), freeName(name, new Set([name]))) : "",
  );
  const [hasFault, setFault] = useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const path = newPathSchema.safeParse(to.trim());
    setFault(!path.success || path.data === "");
    if (path.success && path.data !== "") onRestore(path.data);
    else document.getElementById("restore-to")?.focus();
  };
  const fault = hasFault ? t("fault") : error ? errorText(error).text : null;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4" noValidate>
          <DialogHeader>
            <DialogTitle className="break-all">{t("title", { name: shownName(name) })}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor="restore-to">{t("to")}</Label>
            <Input
              id="restore-to"
              value={to}
              onChange={({ target }) => {
                setTo(target.value);
                setFault(false);
              }}
              autoComplete="off"
              spellCheck={false}
              aria-invalid={fault !== null}
              aria-describedby="restore-to-fault"
              className="font-mono max-md:h-11"
            />
            <p id="restore-to-fault" role="alert" className="text-sm text-destructive empty:hidden">
              {fault}
            </p>
          </div>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={isPending} className="max-md:h-11">
              {t("submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
