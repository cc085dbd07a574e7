import { useLocale, useTranslations } from "next-intl";
import { formatBytes } from "@/lib/format-bytes";
import type { FileText } from "../../contract";
import type { TextLanguage } from "./language-of";

const encodings = { utf8: "UTF-8", "utf8-bom": "UTF-8 (BOM)", utf16le: "UTF-16", latin1: "Latin-1" } as const;
const ends = { lf: "LF", crlf: "CRLF", mixed: "LF + CRLF" } as const;

/** How the file is written; a save keeps it so. */
export function EditorStatus({ file, language }: { file: FileText; language: TextLanguage }) {
  const t = useTranslations("files.editor");
  const locale = useLocale();
  const facts = [
    t(`language.${language}`),
    encodings[file.encoding],
    ends[file.lineEnd],
    formatBytes(file.size, locale),
  ];
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted-foreground tabular-nums">
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
      {file.hasHiddenSecrets && <span>{t("hiddenSecrets")}</span>}
    </p>
  );
}
