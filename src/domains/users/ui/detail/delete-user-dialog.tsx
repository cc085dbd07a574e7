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
import { useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { User } from "../../contract";
import { type Fate, mayDeleteServers, ServersFate } from "./servers-fate";

/** Says what is lost, asks what becomes of the servers, and for the name. */
export function DeleteUserDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const t = useTranslations("users.delete");
  const common = useTranslations("common");
  const me = useMe();
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const [fate, setFate] = useState<Fate>({ action: "transfer", to: null });
  const hasServers = user.serverCount > 0;
  const { data: all } = useQuery(trpc.servers.list.queryOptions(undefined, { enabled: hasServers }));
  const servers = all?.filter(({ ownerId }) => ownerId === user.id) ?? [];
  const name = user.username;
  const remove = useMutation(
    trpc.users.delete.mutationOptions({
      onSuccess: () => {
        toast.success(t("done", { name }));
        router.push("/users");
        client.removeQueries({ queryKey: trpc.users.get.queryKey({ userId: user.id }) });
        void client.invalidateQueries({ queryKey: trpc.users.list.pathKey() });
      },
    }),
  );
  // Nobody decides about servers that they cannot see.
  const isDecided =
    servers.length >= user.serverCount &&
    (!hasServers ||
      (fate.action === "transfer" ? fate.to !== null : servers.every(({ state }) => state === "stopped")));
  const canSubmit = typed.trim() === name && isDecided && !remove.isPending;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!canSubmit) return;
    const choice =
      fate.action === "delete"
        ? ({ action: "delete" } as const)
        : fate.to && ({ action: "transfer", toUserId: fate.to.id } as const);
    remove.mutate({ userId: user.id, confirm: name, ...(hasServers && choice && { servers: choice }) });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">{t("title", { name })}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <ul className="grid list-disc gap-1 pl-5 marker:text-destructive">
            <li>{t("lost.account")}</li>
            <li>{t("lost.sessions")}</li>
            <li>{t("lost.members")}</li>
          </ul>
          {hasServers && !all && <p role="status">{t("serversLoading", { name })}</p>}
          {hasServers && all && (
            <>
              <ServersFate
                user={user}
                servers={servers}
                canDelete={mayDeleteServers(me)}
                fate={fate}
                onFate={setFate}
              />
              {servers.length < user.serverCount && (
                <p className="text-warning">{t("cannotSee", { name, count: user.serverCount })}</p>
              )}
            </>
          )}
          <div className="grid gap-2">
            <Label htmlFor="delete-user-name" className="leading-5 select-text">
              <span>
                {t.rich("type", {
                  name,
                  strong: (text) => <strong className="font-mono font-semibold">{text}</strong>,
                })}
              </span>
            </Label>
            <Input
              id="delete-user-name"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              aria-describedby="delete-user-fault"
              className="max-md:h-11"
            />
            <p id="delete-user-fault" role="alert" className="text-sm text-destructive empty:hidden">
              {remove.error && errorText(remove.error).text}
            </p>
          </div>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" variant="destructive" disabled={!canSubmit} className="max-md:h-11">
              {t(remove.isPending ? "working" : "confirm")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
