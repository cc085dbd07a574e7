"use client";

import { BanIcon, ListChecksIcon, ShieldIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { GroupType } from "../contract";

const icons = { op: ShieldIcon, whitelist: ListChecksIcon, ban: BanIcon } as const;

/** What a group is for: an icon and a word. */
export function GroupTypeMark({ type }: { type: GroupType }) {
  const t = useTranslations("groups.types");
  const Icon = icons[type];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden="true" className="size-4 text-muted-foreground" />
      {t(type)}
    </span>
  );
}
