"use client";

import { DownloadIcon, HistoryIcon, SaveIcon, SearchIcon, WrapTextIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Server } from "@/domains/servers/contract";
import type { FileEntry } from "../../contract";
import { downloadAddress } from "../file-address";

interface EditorBarProps {
  isReadOnly: boolean;
  isUnsaved: boolean;
  isSaving: boolean;
  isWrapped: boolean;
  onWrap: (isWrapped: boolean) => void;
  onSave: () => void;
  onSearch: () => void;
  onHistory: () => void;
  /** Null: not allowed. */
  download: { server: Server; entry: FileEntry } | null;
}

/** What can be done with the text that is open. */
export function EditorBar(props: EditorBarProps) {
  const { isReadOnly, isUnsaved, isSaving, isWrapped, onWrap, download } = props;
  const t = useTranslations("files.editor");
  const common = useTranslations("common");
  return (
    <div role="toolbar" aria-label={t("tools")} className="flex flex-wrap items-center gap-2">
      <p role="status" className="mr-auto text-sm text-muted-foreground">
        {isReadOnly ? t("readOnly") : isUnsaved ? t("unsaved") : t("upToDate")}
      </p>
      <Button variant="outline" size="sm" onClick={props.onSearch} className="max-md:h-11">
        <SearchIcon />
        {t("search")}
      </Button>
      <Button
        variant="outline"
        size="sm"
        aria-pressed={isWrapped}
        onClick={() => onWrap(!isWrapped)}
        className="aria-pressed:bg-accent max-md:h-11"
      >
        <WrapTextIcon />
        {t("wrap")}
      </Button>
      <Button variant="outline" size="sm" onClick={props.onHistory} className="max-md:h-11">
        <HistoryIcon />
        {t("history")}
      </Button>
      {download && (
        <Button asChild variant="outline" size="sm" className="max-md:h-11">
          <a href={downloadAddress(download.server.id, download.entry)} download>
            <DownloadIcon />
            {t("download")}
          </a>
        </Button>
      )}
      {!isReadOnly && (
        <Button size="sm" onClick={props.onSave} disabled={isSaving || !isUnsaved} className="max-md:h-11">
          <SaveIcon />
          {common(isSaving ? "saving" : "save")}
        </Button>
      )}
    </div>
  );
}
