"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorState } from "@/components/error-state";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Label } from "@/components/ui/label";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/use-error-text";
import type { VersionEntry } from "@/domains/versions/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { ChangeFindings } from "./change-findings";
import { TargetFields } from "./target-fields";

/** Chooses a version, shows what was found about it, and begins the change. */
export function ChangeDialog({ server, onClose }: { server: Server; onClose: () => void }) {
  const t = useTranslations("servers.change");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [entry, setEntry] = useState<VersionEntry | null>(null);
  const [isTried, setTried] = useState(true);
  const [acceptDowngrade, setAccept] = useState(false);
  const target = {
    serverId: server.id,
    type: entry?.type ?? server.type,
    version: entry?.version ?? server.version,
    ...(entry?.build ? { build: entry.build } : {}),
    acceptDowngrade,
  };
  const check = useQuery(trpc.servers.checkChange.queryOptions(target, { enabled: entry !== null, staleTime: 0 }));
  const change = useMutation(
    trpc.servers.changeVersion.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
        void client.invalidateQueries({ queryKey: trpc.servers.lastChange.queryKey() });
        onClose();
      },
    }),
  );
  const isRunning = server.state === "running";
  const isNewer = check.data?.findings.some(({ code }) => code === "world_newer") ?? false;
  const isReady = entry !== null && check.data?.isBlocked === false && !check.isFetching;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (isReady && !change.isPending) change.mutate({ ...target, ...(isRunning ? {} : { trial: isTried }) });
  };
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="max-h-[90dvh] overflow-y-auto">
        <form onSubmit={submit} className="grid min-w-0 gap-4">
          <DialogHeader>
            <DialogTitle className="break-words">{t("title", { name: server.name })}</DialogTitle>
            <DialogDescription>{t("text")}</DialogDescription>
          </DialogHeader>
          <TargetFields
            server={server}
            entry={entry}
            onChoose={(chosen) => {
              setEntry(chosen);
              setAccept(false);
            }}
          />
          {entry && (
            <section aria-live="polite" aria-busy={check.isFetching} className="grid gap-2 rounded-md border p-3">
              {check.data ? (
                <ChangeFindings findings={check.data.findings} />
              ) : check.error ? (
                <ErrorState error={check.error} onRetry={() => check.refetch()} />
              ) : (
                <div role="status" aria-label={t("checking")} className="grid gap-2">
                  <Skeleton className="h-5 w-3/4" />
                  <Skeleton className="h-5 w-1/2" />
                </div>
              )}
              {isNewer && (
                <Label className="items-start leading-5 font-normal">
                  <Checkbox checked={acceptDowngrade} onCheckedChange={(value) => setAccept(value === true)} />
                  <span>{t("downgrade")}</span>
                </Label>
              )}
            </section>
          )}
          {isRunning ? (
            <p className="text-sm text-muted-foreground">{t("runningText")}</p>
          ) : (
            <div className="grid gap-1.5">
              <Label className="items-start leading-5">
                <Checkbox checked={isTried} onCheckedChange={(value) => setTried(value === true)} />
                <span>{t("trial")}</span>
              </Label>
              <p className={isTried ? "text-sm text-muted-foreground" : "text-sm text-warning"}>
                {t(isTried ? "trialText" : "noTrialText")}
              </p>
            </div>
          )}
          <p role="alert" className="text-sm text-destructive empty:hidden">
            {change.error ? errorText(change.error).text : null}
          </p>
          <DialogFooter>
            <Button variant="outline" onClick={onClose} className="max-md:h-11">
              {common("cancel")}
            </Button>
            <Button type="submit" disabled={!isReady || change.isPending} className="max-md:h-11">
              {t(change.isPending ? "confirming" : "confirm")}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
