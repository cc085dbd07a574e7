"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { useTRPC } from "@/trpc/client";
import type { Attachment, DriftItem } from "../contract";
import { useGroupChange } from "./use-group-change";

const shownAtFirst = 5;

interface DriftListProps {
  groupId: string;
  server: Pick<Attachment, "serverId" | "serverName">;
  items: readonly DriftItem[];
  canChange: boolean;
}

/** What somebody did in the game, and the two ways to deal with it. What differs from the group comes first. */
export function DriftList({ groupId, server, items, canChange }: DriftListProps) {
  const t = useTranslations("groups.drift");
  const [isAll, setAll] = useState(false);
  const ordered = [...items].sort((a, b) => Number(a.kind === "extra") - Number(b.kind === "extra"));
  const shown = isAll ? ordered : ordered.slice(0, shownAtFirst);
  return (
    <div className="grid gap-1 rounded-md border bg-muted/40 px-3 py-2">
      <h3 className="text-sm font-medium">{t("title", { count: items.length })}</h3>
      <ul aria-label={t("list", { name: server.serverName })} className="divide-y">
        {shown.map((item) => (
          <DriftRow key={item.name} groupId={groupId} serverId={server.serverId} item={item} canChange={canChange} />
        ))}
      </ul>
      {shown.length < items.length && (
        <Button variant="ghost" size="sm" className="justify-self-start max-md:h-11" onClick={() => setAll(true)}>
          {t("showAll", { count: items.length })}
        </Button>
      )}
    </div>
  );
}

interface DriftRowProps {
  groupId: string;
  serverId: string;
  item: DriftItem;
  canChange: boolean;
}

function DriftRow({ groupId, serverId, item, canChange }: DriftRowProps) {
  const t = useTranslations("groups.drift");
  const trpc = useTRPC();
  const change = useGroupChange();
  const adopt = useMutation(trpc.groups.adopt.mutationOptions(change));
  const undo = useMutation(trpc.groups.undo.mutationOptions(change));
  const isBusy = adopt.isPending || undo.isPending;
  const { kind, name } = item;
  const settled = { groupId, serverId, names: [name] };
  const levels = { wanted: item.wanted?.level ?? "–", actual: item.actual?.level ?? "–" };
  const isAboutLevel = kind === "changed" && item.wanted?.level !== item.actual?.level;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <span className="font-mono text-sm">{name}</span>
      <span className="min-w-0 flex-1 basis-40 text-sm text-muted-foreground">
        {isAboutLevel ? t("kinds.level", levels) : t(`kinds.${kind}`)}
      </span>
      {canChange && (
        <span className="flex gap-2">
          <Button
            variant="outline"
            size="sm"
            className="max-md:h-11"
            disabled={isBusy}
            aria-label={t(`adoptName.${kind}`, { name })}
            onClick={() => adopt.mutate(settled)}
          >
            {t(`adopt.${kind}`)}
          </Button>
          <Button
            variant="outline"
            size="sm"
            className="max-md:h-11"
            disabled={isBusy}
            aria-label={t(`undoName.${kind}`, { name })}
            onClick={() => undo.mutate(settled)}
          >
            {t(`undo.${kind}`)}
          </Button>
        </span>
      )}
    </li>
  );
}
