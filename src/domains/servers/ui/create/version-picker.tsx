"use client";

import { CheckIcon, ChevronsUpDownIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import type { VersionEntry } from "@/domains/versions/contract";
import { cn } from "@/lib/cn";
import { matchVersions } from "./match-versions";

interface VersionPickerProps {
  /** Newest first. */
  versions: readonly VersionEntry[];
  value: VersionEntry | null;
  onChange: (entry: VersionEntry) => void;
  /** Filled in by the form: ties label, hint and error to the button. */
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
  ref?: React.Ref<HTMLButtonElement>;
}

const shownAtOnce = 80;
const keyOf = (entry: VersionEntry) => `${entry.version}#${entry.build ?? ""}`;

/** A list of versions with a search in it. Draws the first eighty matches: typing narrows them faster than scrolling. */
export function VersionPicker({ versions, value, onChange, ...field }: VersionPickerProps) {
  const t = useTranslations("create.version");
  const [isOpen, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const found = matchVersions(versions, search);
  return (
    <Popover
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        setSearch("");
      }}
    >
      <PopoverTrigger asChild>
        <Button
          variant="outline"
          {...field}
          role="combobox"
          aria-expanded={isOpen}
          className="w-full justify-between font-normal max-md:h-11 aria-invalid:border-destructive"
        >
          {value ? <VersionLabel entry={value} /> : <span className="text-muted-foreground">{t("choose")}</span>}
          <ChevronsUpDownIcon aria-hidden="true" className="text-muted-foreground" />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-(--radix-popover-trigger-width) min-w-72 p-0">
        <Command shouldFilter={false} label={t("search")} defaultValue={value ? keyOf(value) : undefined}>
          <CommandInput value={search} onValueChange={setSearch} placeholder={t("search")} />
          <CommandList className="max-h-72">
            <CommandEmpty>{t("noMatch")}</CommandEmpty>
            {found.slice(0, shownAtOnce).map((entry) => (
              <CommandItem
                key={keyOf(entry)}
                value={keyOf(entry)}
                onSelect={() => {
                  onChange(entry);
                  setOpen(false);
                }}
              >
                <CheckIcon
                  aria-hidden="true"
                  className={cn("text-primary", (!value || keyOf(value) !== keyOf(entry)) && "invisible")}
                />
                <VersionLabel entry={entry} />
                <ReleaseDate entry={entry} />
              </CommandItem>
            ))}
            {found.length > shownAtOnce && (
              <p className="px-3 py-2 text-xs text-muted-foreground">
                {t("more", { count: found.length - shownAtOnce })}
              </p>
            )}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function VersionLabel({ entry }: { entry: VersionEntry }) {
  const t = useTranslations("create.version");
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="font-mono text-sm tabular-nums">{entry.version}</span>
      {entry.build && (
        <span className="text-xs text-muted-foreground tabular-nums">{t("build", { build: entry.build })}</span>
      )}
      {!entry.stable && <Badge variant="warning">{entry.channel}</Badge>}
    </span>
  );
}

function ReleaseDate({ entry }: { entry: VersionEntry }) {
  const format = useFormatter();
  if (!entry.releasedAt) return null;
  return (
    <span className="ml-auto text-xs text-muted-foreground tabular-nums">
      {format.dateTime(new Date(entry.releasedAt), { year: "numeric", month: "2-digit", day: "2-digit" })}
    </span>
  );
}
