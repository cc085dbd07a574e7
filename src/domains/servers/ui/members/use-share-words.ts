"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Permission } from "@/domains/auth/permissions";
import { shareablePermissions } from "../../members-contract";

/** What a permission means on a server that is shared, and a member's permissions as one sentence. */
export function useShareWords() {
  const t = useTranslations("members");
  const texts = useTranslations("auth.permissions");
  const format = useFormatter();
  const word = (permission: Permission): string => {
    if (permission === "rcon.execute") return t("names.rcon");
    return permission === "servers.update" ? t("names.serversUpdate") : texts(permission);
  };
  const sentence = (chosen: readonly Permission[]): string => {
    const shown = shareablePermissions.filter((name) => name !== "servers.view" && chosen.includes(name));
    if (shown.length === 0) return t("summary.lookOnly");
    if (shown.length === shareablePermissions.length - 1) return t("summary.everything");
    return format.list(shown.map(word));
  };
  return { word, sentence };
}
