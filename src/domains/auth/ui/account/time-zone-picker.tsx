"use client";

import { CheckIcon, ChevronsUpDownIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Label } from "@/components/ui/label";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { cn } from "@/lib/cn";
import { knownTimeZones, matchTimeZones, timeZoneName, timeZoneOffset } from "./match-time-zones";

interface TimeZonePickerProps {
  /** Null: the browser's. */
  value: string | null;
  onChange: (zone: string | null) => void;
}

const shownAtOnce = 60;

/** Every zone with a search in it, and what time it is there. */
export function TimeZonePicker({ value, onChange }: TimeZonePickerProps) {
  const t = useTranslations("auth.timeZone");
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const show = (zone: string | null) => {
    onChange(zone);
    setOpen(false);
  };
  const shown = value ?? browserZone();
  return (
    <div className="grid content-start gap-2">
      <Label htmlFor={id}>{t("label")}</Label>
      <Popover open={isOpen} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <Button
            id={id}
            variant="outline"
            role="combobox"
            aria-expanded={isOpen}
            aria-describedby={`${id}-now`}
            className="w-full justify-between px-3 font-normal max-md:h-11"
          >
            <span className="truncate">{value ? timeZoneName(value) : t("browser")}</span>
            <ChevronsUpDownIcon aria-hidden="true" className="text-muted-foreground" />
          </Button>
        </PopoverTrigger>
        <PopoverContent
          align="start"
          aria-label={t("label")}
          className="w-(--radix-popover-trigger-width) min-w-72 p-0"
        >
          <ZoneList value={value} onChoose={show} />
        </PopoverContent>
      </Popover>
      <p id={`${id}-now`} className="text-sm text-muted-foreground tabular-nums" suppressHydrationWarning>
        {t("now", { time: format.dateTime(now, { timeZone: shown, timeStyle: "short", dateStyle: "medium" }) })}
      </p>
    </div>
  );
}

function ZoneList({ value, onChoose }: { value: string | null; onChoose: (zone: string | null) => void }) {
  const t = useTranslations("auth.timeZone");
  const format = useFormatter();
  const [search, setSearch] = useState("");
  const [now] = useState(() => new Date());
  const offsets = useMemo(() => new Map(knownTimeZones().map((zone) => [zone, timeZoneOffset(zone, now)])), [now]);
  const found = matchTimeZones([...offsets.keys()], search, (zone) => offsets.get(zone) ?? "");
  return (
    <Command shouldFilter={false} label={t("search")} defaultValue={value ?? "browser"}>
      <CommandInput value={search} onValueChange={setSearch} placeholder={t("search")} />
      <CommandList className="max-h-72">
        <CommandEmpty>{t("none")}</CommandEmpty>
        {search === "" && (
          <CommandItem value="browser" onSelect={() => onChoose(null)}>
            <CheckIcon aria-hidden="true" className={cn("text-primary", value !== null && "invisible")} />
            <span className="min-w-0">{t("browserIs", { zone: timeZoneName(browserZone()) })}</span>
          </CommandItem>
        )}
        {found.slice(0, shownAtOnce).map((zone) => (
          <CommandItem key={zone} value={zone} onSelect={() => onChoose(zone)}>
            <CheckIcon aria-hidden="true" className={cn("text-primary", value !== zone && "invisible")} />
            <span className="min-w-0">{timeZoneName(zone)}</span>
            <span className="ml-auto shrink-0 text-xs text-muted-foreground tabular-nums">
              {format.dateTime(now, { timeZone: zone, timeStyle: "short" })} · {offsets.get(zone)}
            </span>
          </CommandItem>
        ))}
      </CommandList>
      {found.length > shownAtOnce && (
        <p className="border-t px-3 py-2 text-xs text-muted-foreground">
          {t("more", { count: found.length - shownAtOnce })}
        </p>
      )}
    </Command>
  );
}

function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}
