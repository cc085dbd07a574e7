"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import type { Permission } from "../../permissions";
import { groupPermissions } from "../group-permissions";

interface PermissionGroupsProps {
  names: readonly Permission[];
  className?: string;
}

/** Permissions in words, by what they are about; the technical name shows on hover. */
export function PermissionGroups({ names, className }: PermissionGroupsProps) {
  const t = useTranslations("auth");
  return (
    <dl className={cn("grid gap-x-6 gap-y-3 sm:grid-cols-[auto_1fr]", className)}>
      {groupPermissions(names).map(({ group, permissions }) => (
        <div key={group} className="grid gap-1.5 sm:col-span-2 sm:grid-cols-subgrid">
          <dt className="text-muted-foreground">{t(`permissionGroups.${group}`)}</dt>
          <dd className="flex flex-wrap gap-1.5">
            {permissions.map((name) => (
              <Badge key={name} variant="muted" className="h-auto font-normal whitespace-normal" title={name}>
                {t(`permissions.${name}`)}
              </Badge>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
