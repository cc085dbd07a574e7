"use client";

import { XIcon } from "lucide-react";
import { useTimeZone, useTranslations } from "next-intl";
import { useCallback, useId } from "react";
import { SearchField } from "@/components/search-field";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useCan } from "@/domains/auth/ui/use-me";
import { PersonPicker } from "@/domains/users/ui/person-picker";
import { cn } from "@/lib/cn";
import { fromZonedText, toZonedText } from "@/lib/zoned-time";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { auditResults } from "../contract";
import { ActionSelect } from "./action-select";
import { type AuditPageFilter, isAuditFiltered, noAuditFilter } from "./audit-filter-url";

interface AuditFiltersProps {
  filter: AuditPageFilter;
  onFilter: (part: Partial<AuditPageFilter>) => void;
}

const any = "any";

/** Search and filters of the audit log. */
export function AuditFilters({ filter, onFilter }: AuditFiltersProps) {
  const t = useTranslations("audit");
  const zone = useTimeZone() ?? "UTC";
  const search = useCallback((value: string) => onFilter({ search: value }), [onFilter]);
  const isBackwards = filter.from !== null && filter.to !== null && filter.to <= filter.from;
  return (
    <fieldset className="mb-4 grid min-w-0 gap-2">
      <legend className="sr-only">{t("filter.title")}</legend>
      <div className="flex flex-wrap items-center gap-2">
        <SearchField
          value={filter.search}
          onSearch={search}
          label={t("search.label")}
          placeholder={t("search.placeholder")}
        />
        <Who filter={filter} onFilter={onFilter} />
        <ActionSelect action={filter.action} onAction={(action) => onFilter({ action })} />
        <Select
          value={filter.result ?? any}
          onValueChange={(value) => onFilter({ result: value === any ? null : (value as AuditPageFilter["result"]) })}
        >
          <SelectTrigger
            aria-label={t("filter.result")}
            className={cn("max-md:data-[size=default]:h-11", filter.result && "border-primary")}
          >
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            <SelectItem value={any}>{t("filter.anyResult")}</SelectItem>
            {auditResults.map((result) => (
              <SelectItem key={result} value={result}>
                {t(`results.${result}`)}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Moment label={t("filter.from")} value={filter.from} zone={zone} onChange={(from) => onFilter({ from })} />
        <Moment label={t("filter.to")} value={filter.to} zone={zone} onChange={(to) => onFilter({ to })} />
        <span className="text-xs text-muted-foreground">{t("filter.zone", { zone })}</span>
        {filter.targetId && (
          <Button
            variant="outline"
            size="sm"
            aria-label={t("filter.clearTarget")}
            className="border-primary max-md:h-11"
            onClick={() => onFilter({ targetId: null })}
          >
            {t("filter.target")}
            <XIcon />
          </Button>
        )}
        {isAuditFiltered(filter) && (
          <Button variant="ghost" size="sm" className="max-md:h-11" onClick={() => onFilter(noAuditFilter)}>
            {t("filter.reset")}
          </Button>
        )}
        <p role="alert" className="w-full text-sm text-destructive empty:hidden">
          {isBackwards && t("filter.order")}
        </p>
      </div>
    </fieldset>
  );
}

function Who({ filter, onFilter }: AuditFiltersProps) {
  const t = useTranslations("audit.filter");
  const canSeeUsers = useCan("users.view");
  const userId = filter.actorId ?? "";
  const { data } = useQuery({
    ...useTRPC().users.get.queryOptions({ userId }),
    enabled: canSeeUsers && userId !== "",
    retry: false,
  });
  if (!canSeeUsers) return null;
  return (
    <PersonPicker
      // Somebody who was deleted is still a filter.
      value={filter.actorId ? { id: filter.actorId, username: data?.username ?? filter.actorId.slice(0, 8) } : null}
      onChange={(person) => onFilter({ actorId: person?.id ?? null })}
      label={t("who")}
      placeholder={t("anyone")}
      canClear
      className="min-w-32"
    />
  );
}

interface MomentProps {
  label: string;
  value: Date | null;
  zone: string;
  onChange: (moment: Date | null) => void;
}

function Moment({ label, value, zone, onChange }: MomentProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 max-md:w-full">
      <Label htmlFor={id} className="font-normal text-muted-foreground max-md:w-12">
        {label}
      </Label>
      <Input
        id={id}
        type="datetime-local"
        value={value ? toZonedText(value, zone) : ""}
        onChange={({ target }) => onChange(fromZonedText(target.value, zone))}
        className={cn("w-auto tabular-nums max-md:h-11 max-md:flex-1", value && "border-primary")}
      />
    </div>
  );
}
