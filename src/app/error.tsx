"use client";

import { TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPage } from "@/components/status-page";
import { Button } from "@/components/ui/button";

interface ErrorPageProps {
  error: Error & { digest?: string };
  reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const t = useTranslations("common");
  return (
    <StatusPage icon={<TriangleAlertIcon />} title={t("crashed.title")} text={t("crashed.text")}>
      <Button onClick={reset}>{t("retry")}</Button>
      {error.digest && (
        <p className="w-full font-mono text-xs text-muted-foreground">
          {t("crashed.reference", { digest: error.digest })}
        </p>
      )}
    </StatusPage>
  );
}
