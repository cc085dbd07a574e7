"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
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
import { useTRPC } from "@/trpc/client";
import type { Server } from "../../contract";

interface DeleteDialogProps {
  server: Server;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}

/** Says what is lost and until when it can be brought back, and asks for the name. */
export function DeleteDialog({ server, isOpen, onOpen }: DeleteDialogProps) {
  const t = useTranslations("servers.delete");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const remove = useMutation(
    trpc.servers.delete.mutationOptions({
      onSuccess: () => {
        toast.success(t("done", { name: server.name }));
        client.setQueryData(trpc.servers.list.queryKey(), (servers) => servers?.filter(({ id }) => id !== server.id));
        router.push("/servers");
      },
    }),
  );
  const isRight = typed.trim() === server.name.trim();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (isRight && !remove.isPending) remove.mutate({ serverId: server.id, confirm: server.name, wait: true });
  };
  const failure = remove.error ? errorText(remove.error) : null;
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        onOpen(open);
        setTyped("");
        remove.reset();
      }}
    >
      <DialogContent>
        <form onSubmit={submit} className="grid gap-4">
          <DialogHeader>
            <DialogTitle>{t("title", { name: server.name })}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <ul className="grid list-disc gap-1 pl-5 text-sm marker:text-destructive">
            <li>{t("lostFiles")}</li>
            <li>{t("lostSettings")}</li>
            <li>{t("lostPort", { port: String(server.port) })}</li>
          </ul>
          <p className="text-sm text-muted-foreground">{t("trash")}</p>
          <div className="grid gap-2">
            <Label htmlFor="delete-name" className="leading-5 select-text">
              <span>
                {t.rich("type", {
                  name: server.name,
                  strong: (text) => <strong className="font-mono font-semibold">{text}</strong>,
                })}
              </span>
            </Label>
            <Input
              id="delete-name"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              aria-invalid={failure !== null}
              aria-describedby="delete-fault"
              className="max-md:h-11"
            />
            <p id="delete-fault" role="alert" className="text-sm text-destructive empty:hidden">
              {failure?.text}
            </p>
          </div>
          <DialogFooter>
            <Button variant="outline" onClick={() => onOpen(false)} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" variant="destructive" disabled={!isRight || remove.isPending} className="max-md:h-11">
              {t(remove.isPending ? "working" : "confirm")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
