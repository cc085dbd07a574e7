"use client";

import { InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormContext, useWatch } from "react-hook-form";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import type { SettingsForm } from "./settings-schema";

/** What another kind means for a server, as soon as one is chosen. */
export function KindChangeNote({ server }: { server: Server }) {
  const t = useTranslations("launch.change");
  const { control } = useFormContext<SettingsForm>();
  const [kind, chosenJava] = useWatch({ control, name: ["launchKind", "javaMajor"] });
  const trpc = useTRPC();
  const { data: javas } = useQuery(trpc.servers.listJava.queryOptions(undefined, { staleTime: 300_000 }));
  if (kind === server.launchKind) return null;
  const java = chosenJava ?? server.requiredJava;
  const major = String(java);
  const isMissing = javas !== undefined && !javas.some((found) => found.major === java);
  return (
    <Alert role="status" variant={kind === "host" && isMissing ? "warning" : "default"}>
      <InfoIcon aria-hidden="true" />
      <AlertTitle>{t("title")}</AlertTitle>
      <AlertDescription>
        <p>{kind === "host" ? t("toHost", { major }) : t("toContainer")}</p>
        {kind === "host" && isMissing && <p>{t("javaMissing", { major })}</p>}
      </AlertDescription>
    </Alert>
  );
}
