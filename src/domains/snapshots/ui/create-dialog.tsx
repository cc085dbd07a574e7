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
import { Textarea } from "@/components/ui/textarea";
import { useErrorText } from "@/components/use-error-text";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import { type SnapshotResource, snapshotPathSchema, snapshotResources } from "../contract";
import { ResourceChoice } from "./resource-choice";

/** Takes a snapshot by hand. Nothing typed is lost when it is refused. */
export function CreateDialog({ server, onClose }: { server: Server; onClose: () => void }) {
  const t = useTranslations("snapshots.createDialog");
  const all = useTranslations("snapshots");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [resource, setResource] = useState<SnapshotResource>("server_full");
  const [path, setPath] = useState("");
  const [note, setNote] = useState("");
  const create = useMutation(
    trpc.snapshots.create.mutationOptions({
      onSuccess: () => {
        toast.success(all("sent.create"));
        void client.invalidateQueries({ queryKey: trpc.snapshots.pathKey() });
        onClose();
      },
    }),
  );
  const canNow = server.state === "running" || server.state === "stopped";
  const wanted = path.trim().replace(/^\/+|\/+$/g, "");
  const isReady = snapshotPathSchema.safeParse(wanted).success && (resource !== "file" || wanted !== "");
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!isReady || !canNow || create.isPending) return;
    create.mutate({
      serverId: server.id,
      resource,
      note: note.trim() || undefined,
      path: resource === "server_full" || wanted === "" ? undefined : wanted,
    });
  };
  const failure = create.error ? errorText(create.error) : null;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle>{t("title")}</DialogTitle>
            <DialogDescription>
              {t(!canNow ? "busyState" : server.state === "stopped" ? "textStopped" : "text")}
            </DialogDescription>
          </DialogHeader>
          <ResourceChoice
            label={t("what")}
            value={resource}
            onChange={(value) => {
              setResource(value);
              create.reset();
            }}
            choices={snapshotResources.map((value) => ({ value, label: all(`resources.${value}`), text: t(value) }))}
          />
          {resource !== "server_full" && (
            <div className="grid gap-2">
              <Label htmlFor="snapshot-path">{t(resource === "world" ? "worldPath" : "filePath")}</Label>
              <Input
                id="snapshot-path"
                value={path}
                onChange={({ target }) => {
                  setPath(target.value);
                  create.reset();
                }}
                placeholder={resource === "world" ? "world" : undefined}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                aria-invalid={failure?.code === "PATH_NOT_FOUND"}
                aria-describedby="snapshot-path-hint snapshot-fault"
                className="font-mono max-md:h-11"
              />
              <p id="snapshot-path-hint" className="text-sm text-muted-foreground">
                {resource === "world" ? t("worldHint") : t("fileHint", { example: "server.properties" })}
              </p>
            </div>
          )}
          <div className="grid gap-2">
            <Label htmlFor="snapshot-note">
              {t("note")} <span className="font-normal text-muted-foreground">({common("optional")})</span>
            </Label>
            <Textarea
              id="snapshot-note"
              value={note}
              onChange={({ target }) => setNote(target.value)}
              maxLength={500}
              rows={2}
            />
          </div>
          <p id="snapshot-fault" role="alert" className="text-sm text-destructive empty:hidden">
            {failure?.text}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={!isReady || !canNow || create.isPending} className="max-md:h-11">
              {t(create.isPending ? "working" : "submit")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
