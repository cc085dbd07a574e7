"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
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
import type { Permission } from "@/domains/auth/permissions";
import { useMe } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import type { Server } from "../../contract";
import { type Member, shareablePermissions } from "../../members-contract";
import { mayWith } from "../server-rights";
import { presetOf } from "./member-presets";
import { PermissionChoice } from "./permission-choice";

interface MemberDialogProps {
  server: Server;
  /** Whose permissions change; left out: somebody new. */
  member?: Member;
  onClose: () => void;
}

/** Shares the server with somebody, or changes what they may do with it. */
export function MemberDialog({ server, member, onClose }: MemberDialogProps) {
  const t = useTranslations("members");
  const common = useTranslations("common");
  const me = useMe();
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const givable = shareablePermissions.filter((name) => mayWith(me, server, name));
  const [username, setUsername] = useState(member?.username ?? "");
  const [chosen, setChosen] = useState<Permission[]>(member?.permissions ?? presetOf("look", givable));
  const save = useMutation(
    trpc.servers.setMember.mutationOptions({
      onSuccess: (saved) => {
        void client.invalidateQueries({ queryKey: trpc.servers.members.queryKey({ serverId: server.id }) });
        toast.success(
          member ? t("changed", { name: saved.username }) : t("added", { server: server.name, name: saved.username }),
        );
        onClose();
      },
    }),
  );
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const name = username.trim();
    if (name && !save.isPending) save.mutate({ serverId: server.id, username: name, permissions: chosen });
  };
  const failure = save.error ? errorText(save.error) : null;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">
              {member ? t("editTitle", { name: member.username }) : t("addTitle", { server: server.name })}
            </DialogTitle>
            <DialogDescription>{t(member ? "editText" : "addText")}</DialogDescription>
          </DialogHeader>
          {!member && (
            <div className="grid gap-2">
              <Label htmlFor="member-name">{t("username")}</Label>
              <Input
                id="member-name"
                value={username}
                onChange={({ target }) => {
                  setUsername(target.value);
                  save.reset();
                }}
                maxLength={64}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                aria-invalid={failure !== null}
                aria-describedby="member-hint member-fault"
                className="max-md:h-11"
              />
              <p id="member-hint" className="text-sm text-muted-foreground">
                {t("usernameHint")}
              </p>
            </div>
          )}
          <p id="member-fault" role="alert" className="text-sm text-destructive empty:hidden">
            {failure && (failure.code === "USER_NOT_FOUND" ? t("notFound") : failure.text)}
          </p>
          <PermissionChoice chosen={chosen} onChoose={setChosen} givable={givable} />
          <DialogFooter className="sticky -bottom-6 -mx-6 -mb-6 border-t bg-popover px-6 py-4">
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={username.trim() === "" || save.isPending} className="max-md:h-11">
              {t(save.isPending ? "working" : member ? "submitEdit" : "submitAdd")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
