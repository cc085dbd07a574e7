"use client";

import { LoaderCircleIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { DatabaseDown } from "@/components/database-down";
import { StatusPage } from "@/components/status-page";
import { freshMark, renewSession } from "@/trpc/renew-session";

const againMs = 3_000;

/** Renews the session and goes on to the page that was asked for, or to the sign-in. Tries again while it cannot be told. */
export function RenewSession({ callbackPath }: { callbackPath: string }) {
  const t = useTranslations("auth.renew");
  const [trouble, setTrouble] = useState<"database" | "other" | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const renew = async () => {
      // Whatever the mark says: the page was sent here because its access part has ended.
      const renewal = await renewSession(freshMark());
      if (isGone) return;
      if (renewal.kind === "failed") {
        setTrouble(renewal.error?.code === "DATABASE_UNAVAILABLE" ? "database" : "other");
        timer = setTimeout(renew, againMs);
      } else if (renewal.kind === "renewed") window.location.replace(callbackPath);
      else window.location.replace(`/login?ended=1&callbackUrl=${encodeURIComponent(callbackPath)}`);
    };
    void renew();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [callbackPath]);

  if (trouble === "database") return <DatabaseDown />;
  const text = t(trouble ? "waiting" : "text");
  return <StatusPage icon={<LoaderCircleIcon className="animate-spin" />} title={t("title")} text={text} />;
}
