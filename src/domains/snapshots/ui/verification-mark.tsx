"use client";

import { CircleDashedIcon, ShieldAlertIcon, ShieldCheckIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Snapshot } from "../contract";
import { useWhen } from "./use-when";

/** Whether a snapshot can be restored, as far as that was tried: "Restorable, verified 3 h ago". */
export function VerificationMark({ snapshot }: { snapshot: Pick<Snapshot, "verifiedAt" | "verification"> }) {
  const t = useTranslations("snapshots.verification");
  const format = useFormatter();
  const when = useWhen();
  const { verifiedAt, verification } = snapshot;
  if (!verifiedAt || !verification)
    return (
      <span className="inline-flex items-center gap-1 text-xs text-muted-foreground">
        <CircleDashedIcon aria-hidden="true" className="size-3" />
        {t("unknown")}
      </span>
    );
  const Icon = verification === "good" ? ShieldCheckIcon : ShieldAlertIcon;
  return (
    <Badge
      variant={verification === "good" ? "success" : "danger"}
      title={format.dateTime(verifiedAt, "long")}
      className="whitespace-normal"
    >
      <Icon aria-hidden="true" />
      {/* The server rendered this a moment earlier. */}
      <span suppressHydrationWarning>{t(verification, { when: when(verifiedAt) })}</span>
    </Badge>
  );
}
