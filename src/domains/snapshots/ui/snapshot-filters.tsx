"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { cn } from "@/lib/cn";
import { snapshotResources, snapshotTypes } from "../contract";
import { isSnapshotFiltered, noSnapshotFilter, type SnapshotFilter } from "./snapshot-filter";

interface SnapshotFiltersProps {
  filter: SnapshotFilter;
  onFilter: (part: Partial<SnapshotFilter>) => void;
}

const any = "any";
const trigger = "max-md:flex-1 max-md:data-[size=default]:h-11";

/** Filters of the list: how a snapshot came about, and what it is of. */
export function SnapshotFilters({ filter, onFilter }: SnapshotFiltersProps) {
  const t = useTranslations("snapshots");
  return (
    <fieldset className="flex min-w-0 flex-wrap items-center gap-2">
      <legend className="sr-only">{t("filter.label")}</legend>
      <Select
        value={filter.type ?? any}
        onValueChange={(value) => onFilter({ type: snapshotTypes.find((type) => type === value) ?? null })}
      >
        <SelectTrigger aria-label={t("filter.type")} className={cn(trigger, filter.type && "border-primary")}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={any}>{t("filter.anyType")}</SelectItem>
          {snapshotTypes.map((type) => (
            <SelectItem key={type} value={type}>
              {t(`types.${type}`)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Select
        value={filter.resource ?? any}
        onValueChange={(value) => onFilter({ resource: snapshotResources.find((name) => name === value) ?? null })}
      >
        <SelectTrigger aria-label={t("filter.resource")} className={cn(trigger, filter.resource && "border-primary")}>
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={any}>{t("filter.anyResource")}</SelectItem>
          {snapshotResources.map((resource) => (
            <SelectItem key={resource} value={resource}>
              {t(`resources.${resource}`)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      {isSnapshotFiltered(filter) && (
        <Button variant="ghost" size="sm" className="max-md:h-11" onClick={() => onFilter(noSnapshotFilter)}>
          {t("filter.reset")}
        </Button>
      )}
    </fieldset>
  );
}
