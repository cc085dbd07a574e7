"use client";

import { useMutation } from "@tanstack/react-query";
import { PencilIcon, UserPlusIcon, UsersRoundIcon, XIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { EmptyState } from "@/components/empty-state";
import { SearchField } from "@/components/search-field";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { useTRPC } from "@/trpc/client";
import type { Group, GroupPlayer } from "../contract";
import { PlayersDialog } from "./players-dialog";
import { useGroupChange } from "./use-group-change";

const shownAtFirst = 100;
const manyPlayers = 10;

/** Who is in a group, with level, reason and end. */
export function GroupPlayers({ group, canChange }: { group: Group; canChange: boolean }) {
  const t = useTranslations("groups.players");
  const trpc = useTRPC();
  const remove = useMutation(trpc.groups.update.mutationOptions(useGroupChange()));
  const [search, setSearch] = useState("");
  const [isAll, setAll] = useState(false);
  const [open, setOpen] = useState<{ player?: GroupPlayer } | null>(null);
  const found = group.players.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const shown = isAll ? found : found.slice(0, shownAtFirst);
  const add = canChange && (
    <Button className="max-md:h-11" onClick={() => setOpen({})}>
      <UserPlusIcon />
      {t("add")}
    </Button>
  );
  return (
    <section aria-labelledby="players-title" className="grid gap-3">
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="players-title" className="font-semibold">
          {t("title", { count: group.playerCount })}
        </h2>
        {group.players.length > 0 && add}
      </header>
      {group.players.length === 0 && (
        <EmptyState icon={UsersRoundIcon} title={t("empty.title")} text={t("empty.text")} action={add} />
      )}
      {group.players.length > manyPlayers && (
        <SearchField
          value={search}
          onSearch={setSearch}
          label={t("search")}
          placeholder={t("search")}
          className="max-w-sm"
        />
      )}
      {group.players.length > 0 && found.length === 0 && <p className="text-muted-foreground">{t("noMatch")}</p>}
      {shown.length > 0 && (
        <ul aria-label={t("list")} className="divide-y rounded-lg border bg-card">
          {shown.map((player) => (
            <PlayerRow
              key={player.name}
              player={player}
              isBan={group.type === "ban"}
              isBusy={remove.isPending}
              onChange={canChange && group.type !== "whitelist" ? () => setOpen({ player }) : null}
              onRemove={canChange ? () => remove.mutate({ groupId: group.id, removePlayers: [player.name] }) : null}
            />
          ))}
        </ul>
      )}
      {shown.length < found.length && (
        <Button variant="outline" className="justify-self-start max-md:h-11" onClick={() => setAll(true)}>
          {t("showAll", { count: found.length })}
        </Button>
      )}
      {open && <PlayersDialog group={group} player={open.player} onClose={() => setOpen(null)} />}
    </section>
  );
}

interface PlayerRowProps {
  player: GroupPlayer;
  isBan: boolean;
  isBusy: boolean;
  onChange: (() => void) | null;
  onRemove: (() => void) | null;
}

function PlayerRow({ player, isBan, isBusy, onChange, onRemove }: PlayerRowProps) {
  const t = useTranslations("groups.players");
  const format = useFormatter();
  const { name, level, reason, expiresAt } = player;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5">
      <span className="font-mono text-sm">{name}</span>
      {level !== null && <Badge variant="muted">{t("level", { level })}</Badge>}
      {isBan && (
        <span className="min-w-0 flex-1 basis-40 text-sm break-words text-muted-foreground">
          {[reason, expiresAt ? t("until", { date: format.dateTime(expiresAt, "long") }) : t("forever")]
            .filter(Boolean)
            .join(" · ")}
        </span>
      )}
      <span className="ml-auto flex">
        {onChange && (
          <Button
            variant="ghost"
            size="icon"
            className="max-md:size-11"
            aria-label={t("change", { name })}
            onClick={onChange}
          >
            <PencilIcon />
          </Button>
        )}
        {onRemove && (
          <Button
            variant="ghost"
            size="icon"
            className="max-md:size-11"
            aria-label={t("remove", { name })}
            disabled={isBusy}
            onClick={onRemove}
          >
            <XIcon />
          </Button>
        )}
      </span>
    </li>
  );
}
