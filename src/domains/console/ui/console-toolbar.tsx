"use client";

import { ArrowUpToLineIcon, CopyIcon, DownloadIcon, ListFilterIcon, SearchIcon, Settings2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Tooltip, TooltipContent, TooltipTrigger } from "@/components/ui/tooltip";
import { cn } from "@/lib/cn";
import { type LevelGroup, levelGroups } from "./console-entry";

interface ConsoleToolbarProps {
  status: ReactNode;
  hidden: ReadonlySet<LevelGroup>;
  onHidden: (hidden: ReadonlySet<LevelGroup>) => void;
  hasClock: boolean;
  onClock: (value: boolean) => void;
  isForScreenReaders: boolean;
  onScreenReaders: (value: boolean) => void;
  canLoadOlder: boolean;
  onOlder: () => void;
  onSearch: () => void;
  onCopy: () => void;
  onDownload: () => void;
}

function Tool({ label, icon, ...props }: { label: string; icon: ReactNode; onClick: () => void; disabled?: boolean }) {
  return (
    <Tooltip>
      <TooltipTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={label} className="max-md:size-10" {...props}>
          {icon}
        </Button>
      </TooltipTrigger>
      <TooltipContent>{label}</TooltipContent>
    </Tooltip>
  );
}

/** State of the connection on the left; what can be done with the log on the right. */
export function ConsoleToolbar({ status, hidden, onHidden, ...tools }: ConsoleToolbarProps) {
  const t = useTranslations("console");
  const toggle = (group: LevelGroup, isShown: boolean) => {
    const next = new Set(hidden);
    if (isShown) next.delete(group);
    else next.add(group);
    onHidden(next);
  };
  return (
    <div
      role="toolbar"
      aria-label={t("tools")}
      className="flex flex-wrap items-center gap-1 border-b px-3 py-1.5 max-md:gap-0"
    >
      <div className="mr-auto py-1">{status}</div>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="sm" className={cn("max-md:size-10", hidden.size > 0 && "text-primary")}>
            <ListFilterIcon aria-hidden="true" />
            <span className="max-md:sr-only">
              {hidden.size === 0 ? t("levels.all") : t("levels.some", { count: levelGroups.length - hidden.size })}
            </span>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {levelGroups.map((group) => (
            <DropdownMenuCheckboxItem
              key={group}
              checked={!hidden.has(group)}
              onCheckedChange={(isShown) => toggle(group, isShown === true)}
              onSelect={(event) => event.preventDefault()}
            >
              {t(`levels.${group}`)}
            </DropdownMenuCheckboxItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      <Tool label={t("search.open")} icon={<SearchIcon />} onClick={tools.onSearch} />
      <Tool label={t("older")} icon={<ArrowUpToLineIcon />} onClick={tools.onOlder} disabled={!tools.canLoadOlder} />
      <Tool label={t("copy")} icon={<CopyIcon />} onClick={tools.onCopy} />
      <Tool label={t("download")} icon={<DownloadIcon />} onClick={tools.onDownload} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t("view")} className="max-md:size-10">
            <Settings2Icon />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuCheckboxItem checked={tools.hasClock} onCheckedChange={(value) => tools.onClock(value === true)}>
            {t("clock")}
          </DropdownMenuCheckboxItem>
          <DropdownMenuCheckboxItem
            checked={tools.isForScreenReaders}
            onCheckedChange={(value) => tools.onScreenReaders(value === true)}
          >
            {t("screenReader")}
          </DropdownMenuCheckboxItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </div>
  );
}
