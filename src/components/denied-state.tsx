"use client";

import { LockIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Permission } from "@/domains/auth/permissions";
import { EmptyState } from "./empty-state";

/** What a page shows to somebody who may not see it: which permission it takes. */
export function DeniedState({ permission }: { permission: Permission }) {
  const t = useTranslations();
  return (
    <EmptyState
      icon={LockIcon}
      title={t("users.denied.title")}
      text={t("users.denied.text", { permission: t(`auth.permissions.${permission}`) })}
    />
  );
}
