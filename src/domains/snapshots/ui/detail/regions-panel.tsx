"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { cn } from "@/lib/cn";
import type { Region } from "../../contract";
import { ageColors, RegionMap } from "./region-map";

interface RegionsPanelProps {
  dimensions: readonly { dimension: string; regions: Region[] }[];
  selected: ReadonlySet<string> | null;
  onSelect: (selected: ReadonlySet<string>) => void;
}

/** A small map of the world's regions, to pick single ones. */
export function RegionsPanel({ dimensions, selected, onSelect }: RegionsPanelProps) {
  const t = useTranslations("snapshots.regions");
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = dimensions.find(({ dimension }) => dimension === chosen) ?? dimensions[0];
  if (!shown) return null;
  return (
    <div className="grid gap-3">
      <p className="text-sm text-muted-foreground">{t("text")}</p>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex items-center gap-2">
          <Label htmlFor="dimension">{t("dimension")}</Label>
          <Select value={shown.dimension} onValueChange={setChosen}>
            <SelectTrigger id="dimension" className="font-mono max-md:data-[size=default]:h-11">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {dimensions.map(({ dimension }) => (
                <SelectItem key={dimension} value={dimension}>
                  {dimension || "."}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
        <p className="flex items-center gap-1.5 text-xs text-muted-foreground">
          {t("older")}
          {ageColors.map((color) => (
            <span key={color} aria-hidden="true" className={cn("size-3 rounded-xs border", color)} />
          ))}
          {t("newer")}
        </p>
      </div>
      <RegionMap
        key={shown.dimension}
        dimension={shown.dimension}
        regions={shown.regions}
        selected={selected}
        onSelect={onSelect}
      />
    </div>
  );
}
