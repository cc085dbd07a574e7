"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { fileAddress, pathOfAddress } from "./file-address";

export interface FileSearch {
  text: string;
  where: "names" | "contents";
  matchCase: boolean;
}

/** What the files page shows, as its address says: a folder or file, the trash, or a search below the folder. */
export interface FileView {
  path: string;
  panel: "files" | "trash" | "search";
  search: FileSearch;
  /** Of a text, to open at: `#L12` of the address. */
  line?: number;
}

export function readFileView(pathname: string, query: URLSearchParams): FileView {
  const panel = query.get("view");
  return {
    path: pathOfAddress(pathname),
    panel: panel === "trash" || panel === "search" ? panel : "files",
    search: {
      text: (query.get("text") ?? "").slice(0, 200),
      where: query.get("where") === "contents" ? "contents" : "names",
      matchCase: query.get("case") === "1",
    },
  };
}

export function viewAddress(serverId: string, { path, panel, search, line }: FileView): string {
  const query = new URLSearchParams();
  if (panel !== "files") query.set("view", panel);
  if (panel === "search") {
    if (search.text) query.set("text", search.text);
    if (search.where === "contents") query.set("where", "contents");
    if (search.matchCase) query.set("case", "1");
  }
  const address = fileAddress(serverId, path);
  return `${address}${query.size > 0 ? `?${query}` : ""}${line === undefined ? "" : `#L${line}`}`;
}

/** The line that a hash of an address means. */
export function lineOfHash(hash: string): number | undefined {
  const digits = /^#L(\d{1,7})$/.exec(hash)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export const noSearch: FileSearch = { text: "", where: "names", matchCase: false };

/** The view, and the way to another one: without asking the server for a page, since this page shows them all. */
export function useFileView(serverId: string): [FileView, (next: Partial<FileView>) => void] {
  const pathname = usePathname();
  const query = useSearchParams();
  const view = useMemo(() => readFileView(pathname, new URLSearchParams(query)), [pathname, query]);
  const go = useCallback(
    (next: Partial<FileView>) => {
      const address = viewAddress(serverId, { path: view.path, panel: "files", search: noSearch, ...next });
      const { pathname: place, search: asked, hash } = window.location;
      if (address !== place + asked + hash) window.history.pushState(null, "", address);
    },
    [serverId, view.path],
  );
  return [view, go];
}
