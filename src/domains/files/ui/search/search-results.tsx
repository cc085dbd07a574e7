"use client";

import { useTranslations } from "next-intl";
import type { SearchResult } from "../../contract";
import { fileAddress } from "../file-address";
import { openHere } from "../manager/file-crumbs";
import { FileTypeIcon } from "../manager/file-icon";
import { parentOf } from "../path-parts";
import { shownName, shownPath } from "../shown-name";
import { type FileSearch, noSearch, viewAddress } from "../use-file-view";
import { markMatches } from "./mark-matches";

interface SearchResultsProps {
  serverId: string;
  result: SearchResult;
  search: FileSearch;
  onPath: (path: string, line?: number) => void;
}

/** What was found, by file; a line leads into the editor at that line. */
export function SearchResults({ serverId, result, search, onPath }: SearchResultsProps) {
  const t = useTranslations("files.search");
  const files = new Map<string, SearchResult["matches"]>();
  for (const match of result.matches) files.set(match.entry.path, [...(files.get(match.entry.path) ?? []), match]);
  return (
    <div className="flex h-full flex-col gap-2">
      <p role="status" className="px-1 text-xs text-muted-foreground tabular-nums">
        {t("found", { count: result.matches.length, files: files.size })}
        {!result.isComplete && ` ${t("incomplete")}`}
      </p>
      <ul
        aria-label={t("results")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        tabIndex={0}
        className="min-h-0 flex-1 divide-y overflow-y-auto rounded-lg border bg-card"
      >
        {[...files].map(([path, matches]) => {
          const [first] = matches;
          if (!first) return null;
          const { entry } = first;
          const folder = parentOf(path);
          // A link leads nowhere; its folder shows it.
          const target = entry.kind === "file" || entry.kind === "folder" ? path : folder;
          return (
            <li key={path} className="grid gap-1 px-3 py-2">
              <a
                href={fileAddress(serverId, target)}
                onClick={(event) => openHere(event, () => onPath(target))}
                className="flex min-w-0 items-center gap-2 rounded-sm hover:underline max-md:min-h-11"
              >
                <FileTypeIcon entry={entry} />
                <span className="min-w-0 break-all">
                  <span className="text-muted-foreground">{folder === "" ? "" : `${shownPath(folder)}/`}</span>
                  <span className="font-medium">
                    {search.where === "names" ? (
                      <Marked text={shownName(entry.name)} search={search} />
                    ) : (
                      shownName(entry.name)
                    )}
                  </span>
                </span>
              </a>
              {search.where === "contents" &&
                matches.map(({ line, column, text = "" }) => (
                  <a
                    key={`${line}:${column}`}
                    href={viewAddress(serverId, { path, panel: "files", search: noSearch, line })}
                    onClick={(event) => openHere(event, () => onPath(path, line))}
                    className="flex min-w-0 gap-3 rounded-sm px-1 py-0.5 font-mono text-xs hover:bg-accent max-md:min-h-11 max-md:items-center"
                  >
                    <span className="w-12 shrink-0 text-right text-muted-foreground tabular-nums">
                      <span className="sr-only">{t("line")} </span>
                      {line}
                    </span>
                    <span className="min-w-0 break-all whitespace-pre-wrap">
                      <Marked text={text} search={search} />
                    </span>
                  </a>
                ))}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Marked({ text, search }: { text: string; search: FileSearch }) {
  return markMatches(text, search.text, search.matchCase).map(({ part, isMatch, at }) =>
    isMatch ? (
      <mark key={at} className="rounded-xs bg-warning/30 text-foreground">
        {part}
      </mark>
    ) : (
      <span key={at}>{part}</span>
    ),
  );
}
