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
import type { FileEntry } from "../../contract";
import { canMoveTo } from "../path-parts";
import { shownName, shownPath } from "../shown-name";
import { FolderTree } from "./folder-tree";

interface ChooseFolderDialogProps {
  serverId: string;
  kind: "moveTo" | "copyTo";
  entries: readonly FileEntry[];
  folder: string;
  onChoose: (folder: string) => void;
  onClose: () => void;
  onCloseAutoFocus: (event: Event) => void;
}

/** Picks the folder that entries go to: what dragging does, for thumbs and keys. */
export function ChooseFolderDialog({
  serverId,
  kind,
  entries,
  folder,
  onChoose,
  onClose,
  onCloseAutoFocus,
}: ChooseFolderDialogProps) {
  const t = useTranslations("files.manager.choose");
  const common = useTranslations("common");
  const [chosen, setChosen] = useState(folder);
  const paths = entries.map(({ path }) => path);
  const isInside = paths.some((path) => chosen === path || chosen.startsWith(`${path}/`));
  const isPossible = kind === "moveTo" ? canMoveTo(paths, chosen) : !isInside;
  const [first] = entries;
  if (!first) return null;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent onCloseAutoFocus={onCloseAutoFocus}>
        <DialogHeader>
          <DialogTitle className="break-all">
            {t(kind, { count: entries.length, name: shownName(first.name) })}
          </DialogTitle>
          <DialogDescription className="break-all">
            {chosen === "" ? t("intoTop") : t("into", { folder: shownPath(chosen) })}
          </DialogDescription>
        </DialogHeader>
        <div className="h-72 rounded-lg border max-md:[&_[data-folder]>div:first-child]:h-11">
          <FolderTree path={chosen} onPath={setChosen} drop={{ serverId }} label={t("folders")} />
        </div>
        <p role="status" className="text-sm text-muted-foreground empty:hidden">
          {isInside ? t("inside") : !isPossible ? t("same") : null}
        </p>
        <DialogFooter>
          <Button variant="outline" onClick={onClose} className="max-md:h-11">
            {common("cancel")}
          </Button>
          <Button
            disabled={!isPossible}
            onClick={() => {
              onChoose(chosen);
              onClose();
            }}
            className="max-md:h-11"
          >
            {t(kind === "moveTo" ? "move" : "copy")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
