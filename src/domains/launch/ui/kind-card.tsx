"use client";

import { BoxesIcon, ContainerIcon, type LucideIcon, SquareTerminalIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { RadioGroup } from "radix-ui";
import { useId } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import type { KindCheck, LaunchKind } from "../contract";
import { KindProblemNote } from "./kind-problem-note";

const icons: Readonly<Record<LaunchKind, LucideIcon>> = {
  host: SquareTerminalIcon,
  dood: ContainerIcon,
  dind: BoxesIcon,
};

interface KindCardProps {
  check: KindCheck;
  isChosen: boolean;
  isUsual: boolean;
}

/** One kind to choose. Its reason stands outside of the button, so that it is as readable as everything else when that is disabled. */
export function KindCard({ check, isChosen, isUsual }: KindCardProps) {
  const t = useTranslations("launch");
  const id = useId();
  const { kind, isAvailable, engine } = check;
  const Icon = icons[kind];
  return (
    <div
      className={cn(
        "grid rounded-lg border border-input transition-colors",
        isAvailable && !isChosen && "hover:bg-accent/50",
        isChosen && "border-primary bg-primary/5",
      )}
    >
      <RadioGroup.Item
        value={kind}
        disabled={!isAvailable}
        aria-label={t(`kinds.${kind}`)}
        aria-describedby={`${id}-text ${id}-note`}
        className="flex min-h-11 items-start gap-3 rounded-lg p-3 text-left outline-none focus-visible:ring-2 focus-visible:ring-ring disabled:cursor-not-allowed"
      >
        <span
          aria-hidden="true"
          className={cn(
            "mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-input",
            isChosen && "border-primary",
            !isAvailable && "opacity-40",
          )}
        >
          {isChosen && <span className="size-2 rounded-full bg-primary" />}
        </span>
        <Icon
          aria-hidden="true"
          className={cn("mt-0.5 size-4 shrink-0 text-muted-foreground", isChosen && "text-primary")}
        />
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span className="flex flex-wrap items-center gap-2 text-sm font-medium">
            {t(`kinds.${kind}`)}
            {isUsual && <Badge variant="muted">{t("usual")}</Badge>}
            {!isAvailable && <Badge variant="warning">{t("unavailable")}</Badge>}
          </span>
          <span id={`${id}-text`} className="text-xs text-muted-foreground">
            {t(`texts.${kind}`)}
          </span>
        </span>
      </RadioGroup.Item>
      <div id={`${id}-note`} className="px-3 pl-[4.25rem] text-xs not-empty:pb-3">
        {engine && (
          <p className="break-all text-muted-foreground">
            {t("engineAt", { version: engine.version, address: engine.address })}
          </p>
        )}
        <KindProblemNote check={check} />
      </div>
    </div>
  );
}
