"use client";

import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/relative-time";
import { useMe } from "@/domains/auth/ui/use-me";
import { mayWith } from "@/domains/servers/ui/server-rights";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { OnlineServer } from "../contract";
import { PlayerHead } from "./player-head";
import { PlayerMenu } from "./player-menu";

/** Who is on one server, with what can be done about them. */
export function OnlinePlayers({ server, ownerId }: { server: OnlineServer; ownerId: string }) {
  const t = useTranslations("players");
  const me = useMe();
  const { serverId, players, online } = server;
  const isAllowed = mayWith(me, { id: serverId, ownerId }, "rcon.execute");
  const lists = useQuery({ ...useTRPC().players.lists.queryOptions({ serverId }), enabled: isAllowed });
  const isIn = (list: "ops" | "whitelist", name: string) =>
    lists.data?.[list].some((entry) => entry.name.toLowerCase() === name.toLowerCase()) ?? false;
  const unnamed = Math.max(0, (online ?? 0) - players.length);
  if (players.length === 0 && unnamed === 0) return <p className="text-muted-foreground">{t("nobody")}</p>;
  return (
    <ul className="grid gap-x-6 sm:grid-cols-2 xl:grid-cols-3">
      {players.map((player) => (
        <li key={player.name} className="flex min-w-0 items-center gap-3 border-b py-1.5">
          <PlayerHead player={player} className="size-8" />
          <div className="grid min-w-0 flex-1">
            <span className="truncate font-medium">{player.name}</span>
            <span className="text-xs text-muted-foreground">
              {t.rich("since", { time: () => <RelativeTime date={player.joinedAt} /> })}
            </span>
          </div>
          {isAllowed && (
            <PlayerMenu
              serverId={serverId}
              name={player.name}
              isOnline
              isOp={isIn("ops", player.name)}
              isWhitelisted={isIn("whitelist", player.name)}
            />
          )}
        </li>
      ))}
      {unnamed > 0 && <li className="py-3 text-sm text-muted-foreground">{t("unnamed", { count: unnamed })}</li>}
    </ul>
  );
}
