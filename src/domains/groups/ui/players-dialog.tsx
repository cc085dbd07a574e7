"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useErrorText } from "@/components/use-error-text";
import { useTRPC } from "@/trpc/client";
import type { Group, GroupPlayer } from "../contract";
import { parseNames } from "./parse-names";
import { useGroupChange } from "./use-group-change";

const levels = ["usual", "1", "2", "3", "4"] as const;
const toLocal = (date: Date) => new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

interface PlayersDialogProps {
  group: Group;
  /** Whose values change; left out: new ones, many at once. */
  player?: GroupPlayer;
  onClose: () => void;
}

/** Puts players into a group by their names as they were pasted, or changes one; all of them get the same values. */
export function PlayersDialog({ group, player, onClose }: PlayersDialogProps) {
  const t = useTranslations("groups.players");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const { onSettled } = useGroupChange();
  const [text, setText] = useState(player?.name ?? "");
  const [level, setLevel] = useState<string>(player?.level ? String(player.level) : "usual");
  const [reason, setReason] = useState(player?.reason ?? "");
  const [end, setEnd] = useState(player?.expiresAt ? toLocal(player.expiresAt) : "");
  const { names, wrong } = parseNames(text);
  const save = useMutation(
    useTRPC().groups.update.mutationOptions({
      onSettled,
      onSuccess: () => {
        if (!player) toast.success(t("added", { count: names.length }));
        onClose();
      },
    }),
  );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (names.length === 0 || save.isPending) return;
    const values =
      group.type === "op"
        ? { level: level === "usual" ? null : Number(level) }
        : group.type === "ban"
          ? { reason: reason.trim() || null, expiresAt: end ? new Date(end) : null }
          : {};
    save.mutate({ groupId: group.id, addPlayers: names.map((name) => ({ name, ...values })) });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle>{player ? t("changeTitle", { name: player.name }) : t("addTitle")}</DialogTitle>
            <DialogDescription>{t(player ? "changeText" : "addText")}</DialogDescription>
          </DialogHeader>
          {!player && (
            <div className="grid gap-2">
              <Label htmlFor="player-names">{t("names")}</Label>
              <Textarea
                id="player-names"
                value={text}
                onChange={({ target }) => setText(target.value)}
                rows={5}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                aria-describedby="player-names-hint"
                className="max-h-60 font-mono"
              />
              <p id="player-names-hint" role="status" className="text-sm text-muted-foreground">
                {wrong.length > 0
                  ? t("wrong", { names: wrong.slice(0, 5).join(", ") })
                  : t("found", { count: names.length })}
              </p>
            </div>
          )}
          {group.type === "op" && (
            <div className="grid gap-2">
              <Label htmlFor="player-level">{t("levelLabel")}</Label>
              <Select value={level} onValueChange={setLevel}>
                <SelectTrigger id="player-level" className="w-full max-md:data-[size=default]:h-11">
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {levels.map((value) => (
                    <SelectItem key={value} value={value}>
                      {t(`levels.${value}`)}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
              <p className="text-sm text-muted-foreground">{t("levelHint")}</p>
            </div>
          )}
          {group.type === "ban" && (
            <>
              <div className="grid gap-2">
                <Label htmlFor="player-reason">{t("reason")}</Label>
                <Input
                  id="player-reason"
                  value={reason}
                  onChange={({ target }) => setReason(target.value)}
                  maxLength={200}
                  className="max-md:h-11"
                />
              </div>
              <div className="grid gap-2">
                <Label htmlFor="player-end">{t("end")}</Label>
                <Input
                  id="player-end"
                  type="datetime-local"
                  value={end}
                  onChange={({ target }) => setEnd(target.value)}
                  aria-describedby="player-end-hint"
                  className="max-md:h-11"
                />
                <p id="player-end-hint" className="text-sm text-muted-foreground">
                  {t("endHint")}
                </p>
              </div>
            </>
          )}
          <p role="alert" className="text-sm text-destructive empty:hidden">
            {save.error && errorText(save.error).text}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={names.length === 0 || save.isPending} className="max-md:h-11">
              {t(player ? "submitChange" : "submitAdd")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
