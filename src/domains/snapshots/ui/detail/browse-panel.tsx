"use client";

import { FileIcon, FolderIcon, LinkIcon } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Skeleton } from "@/components/ui/skeleton";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { useInfiniteQuery } from "@/trpc/use-query";
import type { SnapshotEntry } from "../../contract";
import { FolderPath } from "./folder-path";
import { isInSelected, toggle } from "./selection";

interface BrowsePanelProps {
  snapshotId: string;
  path: string;
  onPath: (path: string) => void;
  /** Null: nothing can be selected. */
  selected: ReadonlySet<string> | null;
  onSelect: (selected: ReadonlySet<string>) => void;
}

const icons = { folder: FolderIcon, file: FileIcon, link: LinkIcon };

/** The folders of a snapshot, straight from it. */
export function BrowsePanel({ snapshotId, path, onPath, selected, onSelect }: BrowsePanelProps) {
  const t = useTranslations("snapshots.browse");
  const common = useTranslations("common");
  const list = useInfiniteQuery(
    useTRPC().snapshots.browse.infiniteQueryOptions(
      { snapshotId, path, limit: 200 },
      { getNextPageParam: (page) => page.nextCursor, staleTime: 60_000 },
    ),
  );
  const entries = list.data?.pages.flatMap(({ items }) => items);
  return (
    <div className="grid gap-3">
      <FolderPath path={path} onPath={onPath} />
      {list.isPending && (
        <div role="status" aria-label={common("loading")} className="divide-y rounded-lg border bg-card">
          {["one", "two", "three", "four"].map((place) => (
            <div key={place} className="flex h-11 items-center px-4">
              <Skeleton className="h-4 w-56" />
            </div>
          ))}
        </div>
      )}
      {!entries && list.error && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {entries?.length === 0 && (
        <p className="rounded-lg border border-dashed p-6 text-center text-muted-foreground">{t("empty")}</p>
      )}
      {entries && entries.length > 0 && (
        <ul aria-label={t("label")} className="divide-y rounded-lg border bg-card">
          {entries.map((entry) => (
            <Entry
              key={entry.path}
              entry={entry}
              onOpen={() => onPath(entry.path)}
              selected={selected}
              onToggle={() => selected && onSelect(toggle(selected, entry.path))}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button
          variant="outline"
          size="sm"
          disabled={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
          className="w-fit max-md:h-11"
        >
          {common(list.isFetchingNextPage ? "loading" : "loadMore")}
        </Button>
      )}
    </div>
  );
}

interface EntryProps {
  entry: SnapshotEntry;
  onOpen: () => void;
  selected: ReadonlySet<string> | null;
  onToggle: () => void;
}

function Entry({ entry, onOpen, selected, onToggle }: EntryProps) {
  const t = useTranslations("snapshots.browse");
  const format = useFormatter();
  const locale = useLocale();
  const { name, path, kind, size, modifiedAt } = entry;
  const Icon = icons[kind];
  const isWithin = selected !== null && isInSelected(selected, path);
  const isSelected = isWithin || (selected?.has(path) ?? false);
  return (
    <li className={cn("flex min-h-10 items-center gap-3 px-4 max-md:min-h-12", isSelected && "bg-accent/60")}>
      {selected && (
        <Checkbox
          checked={isSelected}
          disabled={isWithin}
          onCheckedChange={onToggle}
          aria-label={t("select", { name })}
        />
      )}
      <Icon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
      <span className="sr-only">{t(`kinds.${kind}`)}</span>
      {kind === "folder" ? (
        <button
          type="button"
          onClick={onOpen}
          className="min-w-0 flex-1 py-2 text-left font-medium break-all underline-offset-4 hover:underline"
        >
          {name}
        </button>
      ) : (
        <span className="min-w-0 flex-1 py-2 break-all">{name}</span>
      )}
      <time
        dateTime={modifiedAt.toISOString()}
        title={format.dateTime(modifiedAt, "long")}
        className="shrink-0 text-xs text-muted-foreground tabular-nums max-md:hidden"
      >
        {format.dateTime(modifiedAt, "short")}
      </time>
      <span className="w-18 shrink-0 text-right text-xs text-muted-foreground tabular-nums">
        {formatBytes(size, locale)}
      </span>
    </li>
  );
}
