import { isUtf8 } from "node:buffer";
import { setImmediate as nextTick } from "node:timers/promises";
import type { z } from "zod";
import { hideSecrets } from "@/lib/hide-secrets";
import type { Ctx } from "@/server/context";
import { isAppError } from "@/server/errors";
import type { ContainedFolder } from "@/server/fs/contained/folder";
import { openFolderAt } from "@/server/fs/contained/walk";
import type { SearchResult, searchInputSchema } from "../contract";
import { reachFiles } from "./reach-files";
import { readRange } from "./read-bytes";
import { kindOf, pathIn, readEntry, toEntry } from "./to-entry";

/** Bounds of one search; what is not reached makes it incomplete. */
const maxMs = 10_000;
const maxEntries = 200_000;
const maxFileBytes = 2 * 1024 * 1024;
const maxDepth = 100;
const maxPerFile = 50;
const shownChars = 200;

type Input = z.output<typeof searchInputSchema>;

interface Search {
  input: Input;
  isOver(): boolean;
  result: SearchResult;
  entries: number;
  /** A file had more matches than are told of one. */
  hasMore: boolean;
  needle: string;
}

/** Looks for a text in names or in the lines of text files below a folder. Ends when the signal aborts. */
export async function searchFiles(ctx: Ctx, input: Input, signal: AbortSignal): Promise<SearchResult> {
  const { root } = await reachFiles(ctx, input.serverId, "files.view");
  const endsAt = performance.now() + maxMs;
  const result: SearchResult = { matches: [], searchedFiles: 0, isComplete: true };
  const search: Search = {
    input,
    result,
    entries: 0,
    hasMore: false,
    needle: input.matchCase ? input.text : input.text.toLowerCase(),
    isOver: () => {
      const isFull = result.matches.length >= input.limit || search.entries >= maxEntries;
      if (isFull || performance.now() > endsAt || ctx.shutdown.aborted) result.isComplete = false;
      return !result.isComplete;
    },
  };
  const folder = await openFolderAt(root, input.path);
  try {
    await searchFolder(search, folder, input.path, signal, 0);
  } finally {
    await folder.close();
  }
  if (search.hasMore) result.isComplete = false;
  return result;
}

async function searchFolder(search: Search, folder: ContainedFolder, path: string, signal: AbortSignal, depth: number) {
  const folders: string[] = [];
  const entries = (await folder.kinds()).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [index, { name, kind: told }] of entries.entries()) {
    if (index % 1000 === 999) await nextTick();
    signal.throwIfAborted();
    if (search.isOver()) return;
    search.entries++;
    const kind = told ?? (await lookAt(folder, name));
    if (kind === "folder") folders.push(name);
    if (kind === "file") search.result.searchedFiles++;
    if (search.input.where === "contents") {
      if (kind === "file") await searchLines(search, folder, pathIn(path, name));
    } else if (fold(search, name).includes(search.needle)) {
      const entry = await readEntry(folder, path, name);
      if (entry) search.result.matches.push({ entry });
    }
  }
  for (const name of folders) {
    if (search.isOver()) return;
    if (depth >= maxDepth) {
      search.result.isComplete = false;
      return;
    }
    const child = await folder.folder(name).catch(ignoreChanged);
    if (!child) continue;
    try {
      await searchFolder(search, child, pathIn(path, name), signal, depth + 1);
    } finally {
      await child.close();
    }
  }
}

async function searchLines(search: Search, folder: ContainedFolder, path: string): Promise<void> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const file = await folder.openFile(name).catch(ignoreChanged);
  if (!file) return;
  try {
    const stat = await file.stat();
    if (stat.size > maxFileBytes) return;
    const bytes = await readRange(file, 0, Math.min(stat.size, maxFileBytes));
    if (bytes.includes(0)) return;
    const text = hideSecrets(path, bytes.toString(isUtf8(bytes) ? "utf8" : "latin1"));
    let found = 0;
    for (const [index, line] of text.split("\n").entries()) {
      const at = fold(search, line).indexOf(search.needle);
      if (at < 0) continue;
      found++;
      if (search.isOver()) return;
      if (found > maxPerFile) {
        search.hasMore = true;
        return;
      }
      const from = Math.max(0, at - shownChars / 2);
      search.result.matches.push({
        entry: await toEntry(folder, path, stat),
        line: index + 1,
        column: at + 1,
        text: line.slice(from, from + shownChars).trimEnd(),
      });
    }
  } finally {
    await file.close();
  }
}

async function lookAt(folder: ContainedFolder, name: string) {
  const stat = await folder.stat(name);
  return stat && kindOf(stat);
}

function fold({ input }: Search, text: string): string {
  return input.matchCase ? text : text.toLowerCase();
}

/** What was exchanged for something else since it was listed is passed over. */
function ignoreChanged(error: unknown): null {
  if (isAppError(error) && (error.code === "PATH_NOT_FOUND" || error.code === "PATH_BLOCKED")) return null;
  throw error;
}
