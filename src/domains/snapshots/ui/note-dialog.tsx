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
import { Label } from "@/components/ui/label";
import { Textarea } from "@/components/ui/textarea";
import { useErrorText } from "@/components/use-error-text";
import type { Snapshot } from "../contract";
import { useSnapshotName } from "./use-snapshot-name";

interface NoteDialogProps {
  snapshot: Snapshot;
  error: unknown;
  isSaving: boolean;
  onSave: (note: string) => void;
  onClose: () => void;
}

/** Says why a snapshot was taken. */
export function NoteDialog({ snapshot, error, isSaving, onSave, onClose }: NoteDialogProps) {
  const t = useTranslations("snapshots.note");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const nameOf = useSnapshotName();
  const [note, setNote] = useState(snapshot.note);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!isSaving) onSave(note.trim());
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">{t("title", { name: nameOf(snapshot) })}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor="note-text">{t("label")}</Label>
            <Textarea
              id="note-text"
              value={note}
              onChange={({ target }) => setNote(target.value)}
              maxLength={500}
              rows={3}
            />
            <p role="alert" className="text-sm text-destructive empty:hidden">
              {error ? errorText(error).text : null}
            </p>
          </div>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={isSaving} className="max-md:h-11">
              {common(isSaving ? "saving" : "save")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
