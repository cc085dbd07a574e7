"use client";

import { RotateCwIcon, TriangleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

interface PanelErrorProps {
  error: Error & { digest?: string };
  reset: () => void;
}

/** A page of the panel failed: the shell around it stays. */
export default function PanelError({ error, reset }: PanelErrorProps) {
  const t = useTranslations("common");
  return (
    <div role="alert" className="m-auto flex max-w-md flex-col items-center gap-3 py-16 text-center">
      <TriangleAlertIcon aria-hidden="true" className="size-8 text-muted-foreground" strokeWidth={1.5} />
      <h1 className="text-lg font-semibold">{t("crashed.title")}</h1>
      <p className="text-balance text-muted-foreground">{t("crashed.text")}</p>
      <Button variant="outline" onClick={reset}>
        <RotateCwIcon />
        {t("retry")}
      </Button>
      {error.digest && (
        <p className="font-mono text-xs text-muted-foreground">{t("crashed.reference", { digest: error.digest })}</p>
      )}
    </div>
  );
}
