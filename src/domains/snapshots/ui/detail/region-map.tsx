"use client";

import { useFormatter, useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { cn } from "@/lib/cn";
import { formatBytes } from "@/lib/format-bytes";
import type { Region } from "../../contract";
import { nextRegion, regionAges, regionGrid, regionKey, regionPaths } from "./region-grid";
import { toggleAll } from "./selection";

interface RegionMapProps {
  dimension: string;
  regions: readonly Region[];
  /** Null: nothing can be selected. */
  selected: ReadonlySet<string> | null;
  onSelect: (selected: ReadonlySet<string>) => void;
}

const steps: Readonly<Record<string, { x: number; z: number }>> = {
  ArrowLeft: { x: -1, z: 0 },
  ArrowRight: { x: 1, z: 0 },
  ArrowUp: { x: 0, z: -1 },
  ArrowDown: { x: 0, z: 1 },
};
export const ageColors = [
  "bg-state-running/15",
  "bg-state-running/30",
  "bg-state-running/50",
  "bg-state-running/70",
  "bg-state-running",
] as const;

/** The regions of one dimension by place and date. One of them is in the tab order; arrow keys lead to the others. */
export function RegionMap({ dimension, regions, selected, onSelect }: RegionMapProps) {
  const t = useTranslations("snapshots.regions");
  const format = useFormatter();
  const locale = useLocale();
  const grid = useMemo(() => regionGrid(regions), [regions]);
  const ages = useMemo(() => regionAges(regions), [regions]);
  const [current, setCurrent] = useState<Region | null>(null);
  const table = useRef<HTMLTableElement>(null);
  const entry = current && grid.at.has(regionKey(current)) ? current : (regions[0] ?? null);
  const move = (event: KeyboardEvent, from: Region) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const next = nextRegion(grid, from, step);
    if (!next) return;
    setCurrent(next);
    table.current?.querySelector<HTMLElement>(`[data-region="${regionKey(next)}"]`)?.focus();
  };
  const label = (region: Region) =>
    t("region", {
      x: String(region.x),
      z: String(region.z),
      date: format.dateTime(region.modifiedAt, "short"),
      size: formatBytes(region.size, locale),
    });
  return (
    <div className="grid gap-3">
      <div className="max-w-full overflow-auto rounded-lg border bg-card p-3">
        <table ref={table} aria-label={t("label", { dimension })} className="border-separate border-spacing-0.5">
          <thead>
            <tr>
              <td />
              {grid.xs.map((x) => (
                <th
                  key={x}
                  scope="col"
                  className="text-center font-mono text-[0.625rem] font-normal text-muted-foreground"
                >
                  {x}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.zs.map((z) => (
              <tr key={z}>
                <th scope="row" className="pr-1 text-right font-mono text-[0.625rem] font-normal text-muted-foreground">
                  {z}
                </th>
                {grid.xs.map((x) => {
                  const region = grid.at.get(regionKey({ x, z }));
                  if (!region) return <td key={x} className="size-7 rounded-xs bg-muted/40" />;
                  const paths = regionPaths(dimension, region);
                  const isSelected = paths.every((path) => selected?.has(path) ?? false);
                  return (
                    <td key={x} className="p-0">
                      <button
                        type="button"
                        data-region={regionKey(region)}
                        aria-pressed={selected ? isSelected : undefined}
                        aria-label={label(region)}
                        tabIndex={region === entry ? 0 : -1}
                        onFocus={() => setCurrent(region)}
                        onPointerEnter={() => setCurrent(region)}
                        onKeyDown={(event) => move(event, region)}
                        onClick={() => selected && onSelect(toggleAll(selected, paths))}
                        className={cn(
                          "block size-7 rounded-xs max-md:size-9",
                          ageColors[ages.get(regionKey(region)) ?? 0],
                          isSelected && "outline-2 -outline-offset-2 outline-foreground",
                        )}
                      >
                        {isSelected && (
                          <span aria-hidden="true" className="font-bold text-foreground">
                            ✓
                          </span>
                        )}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="min-h-10 text-sm text-muted-foreground">
        {current ? (
          <>
            {label(current)}
            <br />
            {t("blocks", {
              fromX: String(current.x * 512),
              toX: String(current.x * 512 + 511),
              fromZ: String(current.z * 512),
              toZ: String(current.z * 512 + 511),
            })}
          </>
        ) : (
          t("none")
        )}
      </p>
    </div>
  );
}
