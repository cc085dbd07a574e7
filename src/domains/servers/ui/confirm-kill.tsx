"use client";

import { useTranslations } from "next-intl";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import type { Server } from "../contract";

interface ConfirmKillProps {
  server: Pick<Server, "name" | "live">;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  onConfirm: () => void;
}

/** Killing loses what the world has not saved yet: asked once more. */
export function ConfirmKill({ server, isOpen, onOpen, onConfirm }: ConfirmKillProps) {
  const t = useTranslations("servers.kill");
  const common = useTranslations("common");
  return (
    <AlertDialog open={isOpen} onOpenChange={onOpen}>
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{t("title", { name: server.name })}</AlertDialogTitle>
          <AlertDialogDescription>{t("text", { players: server.live.playersOnline ?? 0 })}</AlertDialogDescription>
        </AlertDialogHeader>
        <AlertDialogFooter>
          <AlertDialogCancel>{common("cancel")}</AlertDialogCancel>
          <AlertDialogAction variant="destructive" onClick={onConfirm}>
            {t("confirm")}
          </AlertDialogAction>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
