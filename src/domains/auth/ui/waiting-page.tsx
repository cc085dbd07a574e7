"use client";

import { HourglassIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPage } from "@/components/status-page";
import { Button } from "@/components/ui/button";
import { signOutHere } from "./sign-out-here";

/** All that an account sees before an administrator approves it. */
export function WaitingPage({ username }: { username: string }) {
  const t = useTranslations("auth");
  return (
    <StatusPage
      icon={<HourglassIcon />}
      title={t("waiting.title")}
      text={t.rich("waiting.text", { username, name: (text) => <strong className="text-foreground">{text}</strong> })}
    >
      <Button onClick={() => window.location.reload()}>{t("waiting.check")}</Button>
      <Button variant="outline" onClick={() => void signOutHere()}>
        {t("signOut")}
      </Button>
    </StatusPage>
  );
}
