"use client";

import { CheckIcon, MinusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/lib/cn";
import type { PermissionSource } from "../../contract";
import { offeredActs, type PermissionAct, sourceKind } from "./permission-source";

interface PermissionRowProps {
  source: PermissionSource;
  may: { grant: boolean; deny: boolean; held: boolean };
  isPending: boolean;
  onAct: (act: PermissionAct) => void;
}

/** One permission of a person: whether it holds, why, and what can be done about it. */
export function PermissionRow({ source, may, isPending, onAct }: PermissionRowProps) {
  const t = useTranslations("users.permissions");
  const texts = useTranslations("auth.permissions");
  const name = texts(source.permission);
  const kind = sourceKind(source);
  const isDifferent = source.role !== source.effective;
  const Icon = source.effective ? CheckIcon : MinusIcon;
  return (
    <li className="flex min-h-11 break-inside-avoid items-center gap-3 px-3 py-1.5">
      <Icon
        aria-hidden="true"
        className={cn("size-4 shrink-0", source.effective ? "text-state-running" : "text-muted-foreground")}
      />
      <div className="min-w-0 flex-1">
        <p className={cn(!source.effective && "text-muted-foreground")} title={source.permission}>
          {name}
        </p>
        <p className="text-xs text-muted-foreground">
          {t(source.effective ? "may" : "mayNot")}
          {" · "}
          <span className={cn(isDifferent && "font-medium text-warning")}>{t(`sources.${kind}`)}</span>
        </p>
      </div>
      {offeredActs(source, may).map((act) => (
        <Button
          key={act}
          size="sm"
          variant={act === "grant" ? "outline" : "ghost"}
          disabled={isPending}
          aria-label={t(`${act}Name`, { permission: name })}
          title={act === "clear" ? t("clearHint") : undefined}
          className="max-md:h-11"
          onClick={() => onAct(act)}
        >
          {t(act)}
        </Button>
      ))}
      {may.grant && !may.held && !source.effective && (
        <span className="text-xs text-muted-foreground" title={t("notHeld")}>
          <span className="sr-only">{t("notHeld")}</span>
          <span aria-hidden="true">–</span>
        </span>
      )}
    </li>
  );
}
