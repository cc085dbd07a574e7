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
import { useErrorText } from "@/components/use-error-text";
import { useServer } from "@/domains/servers/ui/use-server";
import { useTRPC } from "@/trpc/client";

export type PlayerAct = "kick" | "ban" | "message" | "op";

interface PlayerDialogProps {
  act: PlayerAct;
  serverId: string;
  name: string;
  onClose: () => void;
  /** Operators need no words: it is only asked whether. */
  onOp: () => void;
}

/** Asks before somebody is kicked, banned or made an operator, and for what is to be said. */
export function PlayerDialog({ act, serverId, name, onClose, onOp }: PlayerDialogProps) {
  const t = useTranslations("players");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const { server } = useServer(serverId);
  const [text, setText] = useState("");
  const [end, setEnd] = useState("");
  const options = {
    onSuccess: () => {
      toast.success(t(`done.${act === "kick" ? "kicked" : act === "ban" ? "banned" : "told"}`, { name }));
      onClose();
    },
  };
  const kick = useMutation(trpc.players.kick.mutationOptions(options));
  const ban = useMutation(trpc.players.ban.mutationOptions(options));
  const message = useMutation(trpc.players.message.mutationOptions(options));
  const used = { kick, ban, message, op: null }[act];
  const failure = used?.error ? errorText(used.error).text : null;
  const mayEnd = act === "ban" && (server?.state === "stopped" || server?.control === "management");
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const words = text.trim();
    const reason = words === "" ? {} : { reason: words };
    if (act === "op") {
      onOp();
      onClose();
    } else if (act === "kick") kick.mutate({ serverId, name, ...reason });
    else if (act === "ban")
      ban.mutate({ serverId, name, ...reason, ...(mayEnd && end !== "" ? { expiresAt: new Date(end) } : {}) });
    else if (words !== "") message.mutate({ serverId, name, text: words });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="sm:max-w-md">
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">{t(`${act}.title`, { name })}</DialogTitle>
            <DialogDescription>{t(`${act}.text`)}</DialogDescription>
          </DialogHeader>
          {act !== "op" && (
            <div className="grid gap-2">
              <Label htmlFor="player-words">{t(act === "message" ? "words" : "reason")}</Label>
              <Input
                id="player-words"
                value={text}
                onChange={({ target }) => setText(target.value)}
                maxLength={200}
                autoComplete="off"
                aria-describedby="player-fault"
                className="max-md:h-11"
              />
            </div>
          )}
          {mayEnd && (
            <div className="grid gap-2">
              <Label htmlFor="player-end">{t("ban.end")}</Label>
              <Input
                id="player-end"
                type="datetime-local"
                value={end}
                onChange={({ target }) => setEnd(target.value)}
                aria-describedby="player-end-hint"
                className="max-md:h-11"
              />
              <p id="player-end-hint" className="text-sm text-muted-foreground">
                {t("ban.endHint")}
              </p>
            </div>
          )}
          {act === "ban" && !mayEnd && <p className="text-sm text-muted-foreground">{t("ban.noEnd")}</p>}
          <p id="player-fault" role="alert" className="text-sm text-destructive empty:hidden">
            {failure}
          </p>
          <DialogFooter>
            <Button type="button" variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button
              type="submit"
              variant={act === "kick" || act === "ban" ? "destructive" : "default"}
              disabled={used?.isPending || (act === "message" && text.trim() === "")}
              className="max-md:h-11"
            >
              {t(`${act}.submit`)}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
