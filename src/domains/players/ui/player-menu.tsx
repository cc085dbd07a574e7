"use client";

import { useMutation } from "@tanstack/react-query";
import {
  BanIcon,
  EllipsisIcon,
  ListPlusIcon,
  type LucideIcon,
  MessageSquareIcon,
  ShieldMinusIcon,
  ShieldPlusIcon,
  UserXIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import { type PlayerAct, PlayerDialog } from "./player-dialog";

interface PlayerMenuProps {
  serverId: string;
  name: string;
  /** Is on the server now. */
  isOnline: boolean;
  isOp: boolean;
  isWhitelisted: boolean;
}

/** What can be done with a player on one server. */
export function PlayerMenu({ serverId, name, isOnline, isOp, isWhitelisted }: PlayerMenuProps) {
  const t = useTranslations("players");
  const trpc = useTRPC();
  const onError = useToastError();
  const [act, setAct] = useState<PlayerAct | null>(null);
  const done = (key: "opped" | "deopped" | "whitelisted" | "unlisted") => ({
    onError,
    onSuccess: () => void toast.success(t(`done.${key}`, { name })),
  });
  const op = useMutation(trpc.players.op.mutationOptions(done("opped")));
  const deop = useMutation(trpc.players.deop.mutationOptions(done("deopped")));
  const add = useMutation(trpc.players.whitelistAdd.mutationOptions(done("whitelisted")));
  const remove = useMutation(trpc.players.whitelistRemove.mutationOptions(done("unlisted")));
  const player = { serverId, name };
  const item = (Icon: LucideIcon, label: string, onSelect: () => void, isGrave = false) => (
    <DropdownMenuItem variant={isGrave ? "destructive" : "default"} onSelect={onSelect} className="max-md:min-h-11">
      <Icon />
      {label}
    </DropdownMenuItem>
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label={t("menu", { name })} className="max-md:size-11">
            <EllipsisIcon aria-hidden="true" />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {isOnline && item(MessageSquareIcon, t("message.action"), () => setAct("message"))}
          {isWhitelisted
            ? item(ListPlusIcon, t("unlist"), () => remove.mutate(player))
            : item(ListPlusIcon, t("whitelist"), () => add.mutate(player))}
          {isOp
            ? item(ShieldMinusIcon, t("deop"), () => deop.mutate(player))
            : item(ShieldPlusIcon, t("op.action"), () => setAct("op"))}
          <DropdownMenuSeparator />
          {isOnline && item(UserXIcon, t("kick.action"), () => setAct("kick"), true)}
          {item(BanIcon, t("ban.action"), () => setAct("ban"), true)}
        </DropdownMenuContent>
      </DropdownMenu>
      {act && (
        <PlayerDialog
          act={act}
          serverId={serverId}
          name={name}
          onClose={() => setAct(null)}
          onOp={() => op.mutate(player)}
        />
      )}
    </>
  );
}
