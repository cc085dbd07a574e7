"use client";

import { HourglassIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { useAnnounce } from "@/components/live/announcer";
import { RelativeTime } from "@/components/relative-time";
import { StatusPage } from "@/components/status-page";
import { Button } from "@/components/ui/button";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Me } from "../contract";
import { signOutHere } from "./sign-out-here";

/** Short enough to feel immediate, far below what a signed-in person may ask in a minute. */
const lookEveryMs = 3_000;

/**
 * All that an account sees before an administrator approves it. Looks again by itself and goes on when it is; where the
 * account was turned down the answer is that nobody is signed in, which leads to sign-in.
 */
export function WaitingPage({ me: shown }: { me: Me }) {
  const t = useTranslations("auth");
  const announce = useAnnounce();
  const { data } = useQuery({
    ...useTRPC().auth.me.queryOptions(),
    refetchInterval: lookEveryMs,
    refetchIntervalInBackground: true,
    retry: false,
  });
  const isApproved = data?.isApproved ?? false;
  useEffect(() => {
    if (!isApproved) return;
    announce(t("waiting.approved"));
    // A whole page load: the panel is another layout with texts and data of its own.
    window.location.reload();
  }, [isApproved, announce, t]);

  return (
    <StatusPage
      icon={<HourglassIcon />}
      title={t("waiting.title")}
      text={
        <>
          {t.rich("waiting.text", {
            username: shown.username,
            name: (text) => <strong className="break-all text-foreground">{text}</strong>,
          })}
          <span className="block">
            {t.rich("waiting.since", { time: () => <RelativeTime date={shown.createdAt} /> })}
          </span>
        </>
      }
    >
      <p className="w-full text-pretty text-muted-foreground">
        {t(isApproved ? "waiting.approved" : "waiting.watching")}
      </p>
      <Button variant="outline" onClick={() => void signOutHere()}>
        {t("signOut")}
      </Button>
    </StatusPage>
  );
}
