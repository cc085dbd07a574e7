"use client";

import { useMutation } from "@tanstack/react-query";
import { BookmarkIcon, CopyIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
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
import { type Server, serverNameSchema } from "../../contract";
import { mayWith } from "../server-rights";

/** More of the same: a clone of the server, or a template of its settings. */
export function CopyCard({ server }: { server: Server }) {
  const t = useTranslations("imports.copy");
  const me = useMe();
  const [open, setOpen] = useState<"clone" | "template" | null>(null);
  if (!me.permissions.includes("servers.create")) return null;
  const canClone = server.state === "stopped" && mayWith(me, server, "files.download");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-64 text-sm text-muted-foreground">
          {t(server.state === "stopped" ? "text" : "notStopped")}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button variant="outline" disabled={!canClone} onClick={() => setOpen("clone")} className="max-md:h-11">
            <CopyIcon aria-hidden="true" />
            {t("clone.button")}
          </Button>
          <Button variant="outline" onClick={() => setOpen("template")} className="max-md:h-11">
            <BookmarkIcon aria-hidden="true" />
            {t("template.button")}
          </Button>
        </div>
      </CardContent>
      {open && <CopyDialog what={open} server={server} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function CopyDialog({ what, server, onClose }: { what: "clone" | "template"; server: Server; onClose: () => void }) {
  const t = useTranslations("imports.copy");
  const common = useTranslations("common");
  const trpc = useTRPC();
  const router = useRouter();
  const errorText = useErrorText();
  const id = useId();
  const [name, setName] = useState(
    what === "clone" ? t("clone.name", { name: server.name }).slice(0, 60) : server.name,
  );
  const clone = useMutation(
    trpc.servers.clone.mutationOptions({
      onSuccess: (started) => {
        onClose();
        if ("jobId" in started) router.push(`/servers/import?job=${started.jobId}`);
      },
    }),
  );
  const keep = useMutation(
    trpc.servers.createTemplate.mutationOptions({
      onSuccess: () => {
        toast.success(t("template.done", { name: name.trim() }));
        onClose();
      },
    }),
  );
  const { error, isPending } = what === "clone" ? clone : keep;
  const isName = serverNameSchema.safeParse(name).success;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!isName || isPending) return;
    if (what === "clone") clone.mutate({ serverId: server.id, name });
    else keep.mutate({ serverId: server.id, name });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="sm:max-w-md">
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">{t(`${what}.title`, { name: server.name })}</DialogTitle>
            <DialogDescription>{t(`${what}.text`)}</DialogDescription>
          </DialogHeader>
          <div className="grid gap-2">
            <Label htmlFor={id}>{t(`${what}.label`)}</Label>
            <Input
              id={id}
              value={name}
              onChange={({ target }) => setName(target.value)}
              maxLength={60}
              autoComplete="off"
              aria-invalid={!isName}
              aria-describedby={`${id}-fault`}
              className="max-md:h-11"
            />
          </div>
          <p id={`${id}-fault`} role="alert" className="text-sm text-destructive empty:hidden">
            {error ? errorText(error).text : null}
          </p>
          <DialogFooter>
            <Button type="button" variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={!isName || isPending} className="max-md:h-11">
              {t(`${what}.submit`)}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
