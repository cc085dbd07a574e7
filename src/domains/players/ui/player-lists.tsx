"use client";

import { useMutation } from "@tanstack/react-query";
import { PlusIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/use-error-text";
import { useToastError } from "@/components/use-toast-error";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { type PlayerListEntry, playerNameSchema } from "../contract";
import { PlayerHead } from "./player-head";

const listNames = ["whitelist", "ops", "bans"] as const;
type ListName = (typeof listNames)[number];

/** A server's whitelist, operators and bans, as its own files have them. */
export function PlayerLists({ server, canChange }: { server: Server; canChange: boolean }) {
  const t = useTranslations("players");
  const { data, error, refetch } = useQuery(useTRPC().players.lists.queryOptions({ serverId: server.id }));
  if (!data && error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <section aria-label={t("lists.title")} className="grid gap-4 lg:grid-cols-3">
      {listNames.map((name) => (
        <Card key={name}>
          <CardHeader>
            <CardTitle>{t(`lists.${name}`, { count: data?.[name].length ?? 0 })}</CardTitle>
          </CardHeader>
          <CardContent className="grid content-start gap-3">
            {canChange && <AddPlayer serverId={server.id} list={name} onDone={() => void refetch()} />}
            {!data && <Skeleton role="status" aria-label={t("loading")} className="h-16" />}
            {data?.[name].length === 0 && <p className="text-muted-foreground">{t("lists.empty")}</p>}
            {data && data[name].length > 0 && (
              <ul
                aria-label={t(`lists.${name}`, { count: data[name].length })}
                className="max-h-96 divide-y overflow-y-auto"
              >
                {data[name].map((entry) => (
                  <ListedPlayer
                    key={entry.name}
                    entry={entry}
                    serverId={server.id}
                    list={name}
                    canChange={canChange}
                    onDone={() => void refetch()}
                  />
                ))}
              </ul>
            )}
          </CardContent>
        </Card>
      ))}
    </section>
  );
}

interface Place {
  serverId: string;
  list: ListName;
  onDone: () => void;
}

function ListedPlayer({
  entry,
  serverId,
  list,
  canChange,
  onDone,
}: Place & { entry: PlayerListEntry; canChange: boolean }) {
  const t = useTranslations("players");
  const format = useFormatter();
  const trpc = useTRPC();
  const options = {
    onError: useToastError(),
    onSuccess: () => {
      toast.success(t("lists.removed", { name: entry.name }));
      onDone();
    },
  };
  const unlist = useMutation(trpc.players.whitelistRemove.mutationOptions(options));
  const deop = useMutation(trpc.players.deop.mutationOptions(options));
  const pardon = useMutation(trpc.players.pardon.mutationOptions(options));
  const { mutate, isPending } = { whitelist: unlist, ops: deop, bans: pardon }[list];
  return (
    <li className="flex min-w-0 items-center gap-3 py-1.5">
      <PlayerHead player={entry} />
      <div className="grid min-w-0 flex-1">
        <span className="truncate font-medium">{entry.name}</span>
        {list === "ops" && entry.level !== null && (
          <span className="text-xs text-muted-foreground">{t("lists.level", { level: entry.level })}</span>
        )}
        {list === "bans" && (
          <span className="text-xs break-words text-muted-foreground">
            {entry.reason}
            {entry.expiresAt && ` ${t("lists.until", { time: format.dateTime(entry.expiresAt, "short") })}`}
          </span>
        )}
      </div>
      {canChange && (
        <Button
          variant="outline"
          size="sm"
          disabled={isPending}
          onClick={() => mutate({ serverId, name: entry.name })}
          className="max-md:h-11"
        >
          {t(list === "bans" ? "lists.pardon" : "lists.remove")}
          <span className="sr-only">: {entry.name}</span>
        </Button>
      )}
    </li>
  );
}

function AddPlayer({ serverId, list, onDone }: Place) {
  const t = useTranslations("players");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const [name, setName] = useState("");
  const options = {
    onSuccess: () => {
      toast.success(t("lists.added", { name: name.trim() }));
      setName("");
      onDone();
    },
  };
  const add = useMutation(trpc.players.whitelistAdd.mutationOptions(options));
  const op = useMutation(trpc.players.op.mutationOptions(options));
  const ban = useMutation(trpc.players.ban.mutationOptions(options));
  const { mutate, isPending, error, reset } = { whitelist: add, ops: op, bans: ban }[list];
  const isName = playerNameSchema.safeParse(name.trim()).success;
  const fault = error ? errorText(error).text : name.trim() !== "" && !isName ? t("lists.badName") : null;
  const id = `add-to-${list}`;
  return (
    <form
      className="grid gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isName && !isPending) mutate({ serverId, name: name.trim() });
      }}
    >
      <Label htmlFor={id} className="sr-only">
        {t(`lists.addTo.${list}`)}
      </Label>
      <div className="flex gap-2">
        <Input
          id={id}
          value={name}
          onChange={({ target }) => {
            setName(target.value);
            reset();
          }}
          placeholder={t("lists.name")}
          maxLength={17}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={fault !== null}
          aria-describedby={`${id}-fault`}
          className="max-md:h-11"
        />
        <Button type="submit" variant="outline" disabled={!isName || isPending} className="max-md:h-11">
          <PlusIcon aria-hidden="true" />
          {t("lists.add")}
        </Button>
      </div>
      <p id={`${id}-fault`} role="alert" className="text-sm text-destructive empty:hidden">
        {fault}
      </p>
    </form>
  );
}
