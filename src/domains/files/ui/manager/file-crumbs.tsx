"use client";

import { ChevronRightIcon, ServerIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MouseEvent } from "react";
import { cn } from "@/lib/cn";
import { fileAddress } from "../file-address";
import { nameOf, wayTo } from "../path-parts";
import { shownName } from "../shown-name";
import { type DropActions, useDrop } from "./use-drop";

interface FileCrumbsProps {
  path: string;
  onPath: (path: string, isByKey: boolean) => void;
  drop: DropActions;
}

/** The way from the server's folder to the one that is open; each step takes what is dropped on it. */
export function FileCrumbs({ path, onPath, drop }: FileCrumbsProps) {
  const t = useTranslations("files.manager");
  const steps = ["", ...wayTo(path)];
  return (
    <nav aria-label={t("crumbs")} className="min-w-0">
      <ol className="flex flex-wrap items-center text-sm">
        {steps.map((step, index) => (
          <li key={step} className="flex min-w-0 items-center">
            {index > 0 && <ChevronRightIcon aria-hidden="true" className="size-3.5 shrink-0 text-muted-foreground" />}
            <Step step={step} isLast={index === steps.length - 1} onPath={onPath} drop={drop} />
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface StepProps extends Omit<FileCrumbsProps, "path"> {
  step: string;
  isLast: boolean;
}

function Step({ step, isLast, onPath, drop }: StepProps) {
  const t = useTranslations("files.manager");
  const target = useDrop(isLast ? null : step, drop);
  const name = step === "" ? t("top") : shownName(nameOf(step));
  const look = "inline-flex min-h-8 min-w-0 items-center gap-1.5 rounded-md px-1.5 break-all max-md:min-h-11";
  const icon = step === "" && <ServerIcon aria-hidden="true" className="size-4 shrink-0" />;
  if (isLast)
    return (
      <span aria-current="page" className={cn(look, "font-medium")}>
        {icon}
        {name}
      </span>
    );
  return (
    <a
      href={fileAddress(drop.serverId, step)}
      draggable={false}
      // A click of the keyboard counts no presses.
      onClick={(event) => openHere(event, () => onPath(step, event.detail === 0))}
      {...target.handlers}
      className={cn(
        look,
        "text-muted-foreground hover:bg-accent hover:text-foreground",
        target.isOver && "bg-primary/15 inset-ring-2 inset-ring-primary",
      )}
    >
      {icon}
      {name}
    </a>
  );
}

/** A plain click opens in this page; one with a key opens a tab or window, as it does on any link. */
export function openHere(event: MouseEvent, open: () => void): void {
  if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey || event.button !== 0) return;
  event.preventDefault();
  open();
}
