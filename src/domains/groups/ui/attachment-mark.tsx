"use client";

import { CircleAlertIcon, CircleCheckIcon, ClockIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { useErrorText } from "@/components/use-error-text";
import type { Attachment, AttachmentState } from "../contract";

const looks = {
  synced: { variant: "success", icon: CircleCheckIcon },
  pending: { variant: "warning", icon: ClockIcon },
  failed: { variant: "danger", icon: CircleAlertIcon },
} as const;

export function AttachmentMark({ state }: { state: AttachmentState }) {
  const t = useTranslations("groups.states");
  const { variant, icon: Icon } = looks[state];
  return (
    <Badge variant={variant}>
      <Icon aria-hidden="true" />
      {t(state)}
    </Badge>
  );
}

/** Why a group has not reached a server, as a sentence. */
export function AttachmentReason({ error }: { error: Attachment["lastError"] }) {
  const t = useTranslations("groups.waits");
  const errorText = useErrorText();
  if (!error) return null;
  const key = error.code as Parameters<typeof t.has>[0];
  const text = t.has(key)
    ? t(key as "level_needs_stop", { name: error.message })
    : errorText({ ...error, details: {} }).text;
  return <p className="text-sm text-muted-foreground">{text}</p>;
}
