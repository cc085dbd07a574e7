"use client";

import { useTranslations } from "next-intl";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { AuditEntry } from "../contract";

/** What an entry is about: its kind in words, and its name as the entry or the list of servers tells it, else its id. */
export function useTargetName(): (entry: AuditEntry) => { kind: string; name: string } | null {
  const t = useTranslations("audit.targets");
  const { data: servers } = useQuery(useTRPC().servers.list.queryOptions());
  return ({ targetKind, targetId, details }) => {
    if (!targetKind) return null;
    const key = targetKind as Parameters<typeof t.has>[0];
    const kind = t.has(key) && targetKind !== "other" ? t(key as "server") : t("other", { kind: targetKind });
    const told = [details.username, details.name].find((value) => typeof value === "string");
    const server = targetKind === "server" ? servers?.find(({ id }) => id === targetId)?.name : undefined;
    return { kind, name: server ?? (told as string | undefined) ?? targetId ?? "" };
  };
}
