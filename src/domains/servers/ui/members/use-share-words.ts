"use client";

import { useTranslations } from "next-intl";
import type { Permission } from "@/domains/auth/permissions";
import { shareablePermissions } from "../../members-contract";

/** What a permission means on a server that is shared, and what somebody may do there in words, in the table's order. */
export function useShareWords() {
  const t = useTranslations("members");
  const texts = useTranslations("auth.permissions");
  const word = (permission: Permission): string => {
    if (permission === "rcon.execute") return t("names.rcon");
    return permission === "servers.update" ? t("names.serversUpdate") : texts(permission);
  };
  const summary = (chosen: readonly Permission[]): string[] => {
    const shown = shareablePermissions.filter((name) => name !== "servers.view" && chosen.includes(name));
    if (shown.length === 0) return [t("summary.lookOnly")];
    return shown.length === shareablePermissions.length - 1 ? [t("summary.everything")] : shown.map(word);
  };
  return { word, summary };
}
