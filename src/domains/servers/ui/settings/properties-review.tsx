"use client";

import { useTranslations } from "next-intl";
import { DiffView } from "@/components/diff-view";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import type { DiffLine } from "@/lib/diff-lines";
import { fieldOf } from "./game-properties";

interface PropertiesReviewProps {
  before: Readonly<Record<string, string>>;
  changes: Readonly<Record<string, string>>;
  isSaving: boolean;
  onSave: () => void;
  onClose: () => void;
}

/** The lines of the file that a save would change. */
export function PropertiesReview({ before, changes, isSaving, onSave, onClose }: PropertiesReviewProps) {
  const t = useTranslations("files.properties");
  const common = useTranslations("common");
  const lines = Object.entries(changes).flatMap(([name, value], index): DiffLine[] => {
    const old = before[name];
    const shown = fieldOf(name)?.kind === "secret" ? "********" : value;
    const added: DiffLine = { kind: "added", text: `${name}=${shown}`, before: null, after: index + 1 };
    if (old === undefined) return [added];
    return [{ kind: "removed", text: `${name}=${old}`, before: index + 1, after: null }, added];
  });
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="sm:max-w-xl">
        <DialogHeader>
          <DialogTitle>{t("reviewTitle")}</DialogTitle>
          <DialogDescription>{t("reviewText")}</DialogDescription>
        </DialogHeader>
        <DiffView label={t("reviewTitle")} lines={lines} />
        <DialogFooter>
          <Button variant="outline" onClick={onClose} className="max-md:h-11">
            {common("cancel")}
          </Button>
          <Button onClick={onSave} disabled={isSaving} className="max-md:h-11">
            {common(isSaving ? "saving" : "save")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
