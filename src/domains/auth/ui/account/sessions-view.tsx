"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { AccountList } from "./account-list";
import { SessionRow } from "./session-row";

/** The browsers in which one is signed in, and an end to them. */
export function SessionsView() {
  const t = useTranslations("auth.sessions");
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const queryKey = trpc.auth.listSessions.queryKey();
  const sessions = useQuery(trpc.auth.listSessions.queryOptions());
  const settled = { onError: useToastError(), onSettled: () => client.invalidateQueries({ queryKey }) };
  const end = useMutation(
    trpc.auth.revokeSession.mutationOptions({ ...settled, onSuccess: () => void toast.success(t("ended")) }),
  );
  const endOthers = useMutation(
    trpc.auth.revokeOtherSessions.mutationOptions({
      ...settled,
      onSuccess: () => void toast.success(t("othersEnded")),
    }),
  );
  const others = sessions.data?.filter(({ isCurrent }) => !isCurrent) ?? [];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription className="max-sm:col-span-2">{t("text")}</CardDescription>
        {others.length > 0 && (
          <CardAction className="max-sm:row-span-1">
            <Button variant="outline" size="sm" disabled={endOthers.isPending} onClick={() => setAsking(true)}>
              {t("endOthers")}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent className="grid gap-4">
        <AccountList query={sessions} label={t("title")} empty={null}>
          {(session) => (
            <SessionRow
              key={session.id}
              session={session}
              isEnding={end.isPending && end.variables.sessionId === session.id}
              onEnd={() => end.mutate({ sessionId: session.id })}
            />
          )}
        </AccountList>
        {sessions.data && others.length === 0 && <p className="border-t pt-3 text-muted-foreground">{t("onlyOne")}</p>}
      </CardContent>
      {isAsking && (
        <ConfirmDialog
          title={t("endOthersTitle")}
          text={t("endOthersText", { count: others.length })}
          action={t("endOthers")}
          onConfirm={() => endOthers.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}
