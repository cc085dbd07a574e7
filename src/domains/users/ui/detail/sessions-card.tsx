"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { MonitorSmartphoneIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { ErrorState } from "@/components/error-state";
import { RelativeTime } from "@/components/relative-time";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useToastError } from "@/components/use-toast-error";
import { useDeviceName } from "@/domains/auth/ui/account/use-device-name";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { User } from "../../contract";

/** Where the person is signed in; each session, or all of them, can be ended. */
export function SessionsCard({ user }: { user: User }) {
  const t = useTranslations("users.sessions");
  const trpc = useTRPC();
  const client = useQueryClient();
  const deviceName = useDeviceName();
  const method = useTranslations("auth.sessions.method");
  const [isAsking, setAsking] = useState(false);
  const { data, error, refetch } = useQuery(trpc.users.listSessions.queryOptions({ userId: user.id }));
  const end = useMutation(
    trpc.users.endSessions.mutationOptions({
      onSuccess: (_, { sessionId }) => toast.success(sessionId ? t("ended") : t("endedAll", { name: user.username })),
      onError: useToastError(),
      onSettled: () => client.invalidateQueries({ queryKey: trpc.users.listSessions.queryKey({ userId: user.id }) }),
    }),
  );
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
        {data && data.length > 0 && (
          <CardAction>
            <Button
              variant="outline"
              size="sm"
              disabled={end.isPending}
              className="max-md:h-11"
              onClick={() => setAsking(true)}
            >
              {t("endAll")}
            </Button>
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!error && !data && (
          <div role="status" aria-label={t("loading")}>
            <Skeleton className="h-14" />
          </div>
        )}
        {data?.length === 0 && <p className="text-muted-foreground">{t("empty")}</p>}
        {data && data.length > 0 && (
          <ul aria-label={t("title")} className="divide-y">
            {data.map((session) => {
              const device = session.userAgent ? deviceName(session.userAgent) : t("unknownBrowser");
              return (
                <li key={session.id} className="flex items-center gap-3 py-2.5 first:pt-0 last:pb-0">
                  <MonitorSmartphoneIcon aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
                  <div className="min-w-0 flex-1">
                    <p className="break-words" title={session.userAgent}>
                      {device}
                      <span className="ml-2 font-mono text-xs text-muted-foreground">{session.address}</span>
                    </p>
                    <p className="flex flex-wrap gap-x-3 text-xs text-muted-foreground">
                      <span>{t.rich("begun", { when: () => <RelativeTime date={session.createdAt} /> })}</span>
                      <span>{method(session.signedInWith)}</span>
                      {session.lastSeenAt && (
                        <span>
                          {t.rich("seen", { when: () => <RelativeTime date={session.lastSeenAt ?? new Date()} /> })}
                        </span>
                      )}
                    </p>
                  </div>
                  <Button
                    variant="ghost"
                    size="sm"
                    disabled={end.isPending}
                    aria-label={t("endOf", { browser: device, address: session.address })}
                    className="max-md:h-11"
                    onClick={() => end.mutate({ userId: user.id, sessionId: session.id })}
                  >
                    {t("end")}
                  </Button>
                </li>
              );
            })}
          </ul>
        )}
        {isAsking && (
          <ConfirmDialog
            title={t("endAllTitle", { name: user.username })}
            text={t("endAllText", { name: user.username })}
            action={t("endAll")}
            onConfirm={() => end.mutate({ userId: user.id })}
            onClose={() => setAsking(false)}
          />
        )}
      </CardContent>
    </Card>
  );
}
