"use client";

import { Share2Icon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMe } from "@/domains/auth/ui/use-me";
import type { Server } from "../contract";

/** Says whose server it is, where it is somebody else's and shared with the person who looks. */
export function SharedMark({ server }: { server: Pick<Server, "id" | "ownerId" | "ownerName"> }) {
  const t = useTranslations("servers");
  const me = useMe();
  if (server.ownerId === me.id || !(server.id in me.sharedServers)) return null;
  return (
    <span
      title={t("sharedByHint", { name: server.ownerName })}
      className="inline-flex max-w-full items-center gap-1 text-xs text-muted-foreground"
    >
      <Share2Icon aria-hidden="true" className="size-3 shrink-0" />
      <span className="truncate">{t("sharedBy", { name: server.ownerName })}</span>
    </span>
  );
}
