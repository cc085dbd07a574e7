"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
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
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/use-error-text";
import { useMe } from "@/domains/auth/ui/use-me";
import { mayWith } from "@/domains/servers/ui/server-rights";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Group } from "../contract";
import { PreviewLines } from "./preview-lines";
import { useGroupChange } from "./use-group-change";

/** Chooses one more server for a group, and shows what would change there before it does. */
export function AttachDialog({ group, onClose }: { group: Group; onClose: () => void }) {
  const t = useTranslations("groups.attach");
  const common = useTranslations("common");
  const me = useMe();
  const trpc = useTRPC();
  const errorText = useErrorText();
  const { onSettled } = useGroupChange();
  const [serverId, setServerId] = useState("");
  const [priorityText, setPriorityText] = useState("0");
  const priority = Number(priorityText);
  const isPriority = priorityText !== "" && Number.isInteger(priority) && Math.abs(priority) <= 1000;
  const { data: servers } = useQuery(trpc.servers.list.queryOptions());
  const attached = new Set(group.servers.map((server) => server.serverId));
  const free = servers?.filter((server) => !attached.has(server.id) && mayWith(me, server, "groups.attach"));
  const canPreview = serverId !== "" && isPriority;
  const preview = useQuery({
    ...trpc.groups.preview.queryOptions({ groupId: group.id, serverId, priority }),
    enabled: canPreview,
  });
  const attach = useMutation(trpc.groups.attach.mutationOptions({ onSettled, onSuccess: onClose }));
  const failure = attach.error ?? preview.error;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (canPreview && !attach.isPending) attach.mutate({ groupId: group.id, serverId, priority });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle>{t("title", { name: group.name })}</DialogTitle>
            <DialogDescription>{t(free?.length === 0 ? "noServer" : "text")}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor="attach-server">{t("server")}</Label>
            <Select value={serverId} onValueChange={setServerId} disabled={!free?.length}>
              <SelectTrigger id="attach-server" className="w-full max-md:data-[size=default]:h-11">
                <SelectValue placeholder={t("choose")} />
              </SelectTrigger>
              <SelectContent>
                {free?.map((server) => (
                  <SelectItem key={server.id} value={server.id}>
                    {server.name}
                  </SelectItem>
                ))}
              </SelectContent>
            </Select>
          </div>
          <div className="grid gap-2">
            <Label htmlFor="attach-priority">{t("priority")}</Label>
            <Input
              id="attach-priority"
              type="number"
              min={-1000}
              max={1000}
              value={priorityText}
              onChange={({ target }) => setPriorityText(target.value)}
              aria-describedby="attach-priority-hint"
              className="max-md:h-11"
            />
            <p id="attach-priority-hint" className="text-sm text-muted-foreground">
              {t("priorityHint")}
            </p>
          </div>
          {canPreview && (
            <div role="status" className="grid gap-1 rounded-md border bg-muted/40 px-3 py-2 text-sm">
              {preview.data?.[0] ? <PreviewLines preview={preview.data[0]} /> : <Skeleton className="h-4 w-48" />}
            </div>
          )}
          <p role="alert" className="text-sm text-destructive empty:hidden">
            {failure && errorText(failure).text}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={!canPreview || attach.isPending} className="max-md:h-11">
              {t("submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
