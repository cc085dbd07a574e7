"use client";

import { DatabaseIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { StatusPage } from "./status-page";
import { Button } from "./ui/button";

/** Instead of every page while the database cannot be reached. Reloads the whole page: the gate has to be passed anew. */
export function DatabaseDown() {
  const t = useTranslations("common");
  return (
    <StatusPage icon={<DatabaseIcon />} title={t("databaseDown.title")} text={t("databaseDown.text")}>
      <Button onClick={() => window.location.reload()}>{t("retry")}</Button>
    </StatusPage>
  );
}
