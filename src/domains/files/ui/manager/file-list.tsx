/* biome-ignore-all lint/a11y/useSemanticElements: rows that are placed by hand are no table */
/* biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row */
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDownIcon, ArrowUpIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from "react";
import { useIsNarrow } from "@/domains/servers/ui/use-is-narrow";
import { cn } from "@/lib/cn";
import type { FileEntry } from "../../contract";
import type { Sort } from "./arrange-entries";
import { FileRow, type RowHandlers, rowColumns } from "./file-row";
import type { Selection } from "./select-rows";
import type { DropActions } from "./use-drop";

const headHeight = 36;
const rowHeight = { wide: 36, narrow: 56 };
/** Before the list is measured, and when the server draws it. */
const assumedSize = { width: 900, height: 720 };

export interface FileListHandle {
  focus: () => void;
  /** Place on the screen of the entry that keys act on. */
  placeOfActive: () => DOMRect | undefined;
}

interface FileListProps {
  serverId: string;
  label: string;
  entries: readonly FileEntry[];
  selection: Selection;
  sort: Sort;
  onSort: (by: Sort["by"]) => void;
  cut: ReadonlySet<string>;
  renaming: string | null;
  measured: ReadonlySet<string>;
  isRunning: boolean;
  isDraggable: boolean;
  handlers: RowHandlers;
  drop: DropActions;
  /** `page`: rows that are seen at once. */
  onKeyDown: (event: KeyboardEvent, page: number) => void;
  onContextMenu: (event: MouseEvent) => void;
  ref: Ref<FileListHandle>;
}

/** The entries of a folder as a grid of which only the rows in view exist, however many there are. */
export function FileList({ ref, ...props }: FileListProps) {
  const { entries, selection, label, sort, onSort } = props;
  const t = useTranslations("files.manager.columns");
  const isNarrow = useIsNarrow();
  const grid = useRef<HTMLDivElement>(null);
  const height = isNarrow ? rowHeight.narrow : rowHeight.wide;
  // The same function for the same entries: with another one, all places are counted anew at every step of scrolling.
  const getItemKey = useCallback((index: number) => entries[index]?.path ?? index, [entries]);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => grid.current,
    estimateSize: () => height,
    getItemKey,
    overscan: 6,
    initialRect: assumedSize,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const { measure, scrollToIndex, scrollToOffset } = rows;
  // biome-ignore lint/correctness/useExhaustiveDependencies: heights are known anew when the width class changes
  useEffect(() => measure(), [measure, height]);
  const { active } = selection;
  const activeAt = useMemo(
    () => (active === null ? -1 : entries.findIndex(({ path }) => path === active)),
    [entries, active],
  );
  const hasActive = activeAt >= 0;
  const lastSort = useRef(sort);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what moves the active entry is another order, not the wish to see it
  useEffect(() => {
    if (hasActive) scrollToIndex(activeAt, { align: "auto" });
  }, [active, hasActive, scrollToIndex]);
  useEffect(() => {
    // Another order is looked at from its beginning.
    if (lastSort.current !== sort) scrollToOffset(0);
    lastSort.current = sort;
  }, [sort, scrollToOffset]);
  const idOf = (index: number) => `file-row-${index}`;
  useImperativeHandle(ref, () => ({
    focus: () => grid.current?.focus({ preventScroll: true }),
    placeOfActive: () => document.getElementById(idOf(activeAt))?.getBoundingClientRect(),
  }));
  const shown = rows.getVirtualItems();
  const isActiveShown = shown.some(({ index }) => index === activeAt);
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable="true"
      aria-rowcount={entries.length + 1}
      aria-colcount={5}
      aria-activedescendant={isActiveShown ? idOf(activeAt) : undefined}
      onKeyDown={(event) =>
        props.onKeyDown(event, Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / height) - 2))
      }
      onContextMenu={props.onContextMenu}
      className="group/grid relative h-full overflow-y-auto overscroll-contain rounded-lg border bg-card outline-none focus-visible:border-ring/60"
    >
      <div role="rowgroup" className="sticky top-0 z-20 bg-card">
        <div role="row" aria-rowindex={1} className={cn("grid h-9 items-center border-b pr-1 text-xs", rowColumns)}>
          <div role="columnheader">
            <span className="sr-only">{t("selected")}</span>
          </div>
          <SortHead by="name" sort={sort} onSort={onSort}>
            {t("name")}
          </SortHead>
          <SortHead by="size" sort={sort} onSort={onSort} className="justify-end pr-4 max-md:hidden">
            {t("size")}
          </SortHead>
          <SortHead by="modifiedAt" sort={sort} onSort={onSort} className="max-md:hidden">
            {t("modifiedAt")}
          </SortHead>
          <div role="columnheader">
            <span className="sr-only">{t("actions")}</span>
          </div>
        </div>
      </div>
      <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, start, key }) => {
          const entry = entries[index];
          if (!entry) return null;
          const { path } = entry;
          return (
            <FileRow
              key={key}
              serverId={props.serverId}
              entry={entry}
              id={idOf(index)}
              rowIndex={index + 2}
              top={start - headHeight}
              isSelected={selection.selected.has(path)}
              isActive={index === activeAt}
              isCut={props.cut.has(path)}
              isRenaming={props.renaming === path}
              isMeasured={props.measured.has(path)}
              isRunning={props.isRunning}
              isDraggable={props.isDraggable}
              handlers={props.handlers}
              drop={props.drop}
            />
          );
        })}
      </div>
    </div>
  );
}

interface SortHeadProps {
  by: Sort["by"];
  sort: Sort;
  onSort: (by: Sort["by"]) => void;
  className?: string;
  children: string;
}

function SortHead({ by, sort, onSort, className, children }: SortHeadProps) {
  const isCurrent = sort.by === by;
  const Arrow = sort.isDescending ? ArrowDownIcon : ArrowUpIcon;
  return (
    <div
      role="columnheader"
      aria-sort={isCurrent ? (sort.isDescending ? "descending" : "ascending") : "none"}
      className={cn("flex", className)}
    >
      <button
        type="button"
        onClick={() => onSort(by)}
        onKeyDown={(event) => event.stopPropagation()}
        className={cn(
          "flex h-9 items-center gap-1 rounded-sm font-medium text-muted-foreground hover:text-foreground focus-visible:-outline-offset-2",
          isCurrent && "text-foreground",
        )}
      >
        {children}
        {isCurrent && <Arrow aria-hidden="true" className="size-3.5" />}
      </button>
    </div>
  );
}
