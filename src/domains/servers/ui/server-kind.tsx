"use client";

import { useTranslations } from "next-intl";
import type { Server } from "../contract";

/** Type and version in one line, for lists: `Paper 1.21.11`. */
export function ServerKind({ server }: { server: Pick<Server, "type" | "version"> }) {
  const t = useTranslations("versions.types");
  return (
    <>
      {t(server.type)} <span className="tabular-nums">{server.version}</span>
    </>
  );
}

/** Players of now; a dash while the server is not running. */
export function PlayerCount({ server }: { server: Pick<Server, "live"> }) {
  const t = useTranslations("servers.players");
  const { playersOnline, playersMax } = server.live;
  if (playersOnline === null) return <span className="text-muted-foreground">{t("none")}</span>;
  return <span className="tabular-nums">{t("count", { online: playersOnline, max: playersMax ?? 0 })}</span>;
}
