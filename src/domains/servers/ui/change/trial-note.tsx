"use client";

import { FlaskConicalIcon } from "lucide-react";
import { useNow, useTranslations } from "next-intl";
import type { Server } from "../../contract";

/** Says that the server runs a version which has still to prove itself, and for how long; nothing otherwise. */
export function TrialNote({ server }: { server: Pick<Server, "trial"> }) {
  return server.trial ? <Note until={server.trial.healthyUntil} /> : null;
}

function Note({ until }: { until: Date | null }) {
  const t = useTranslations("servers.change");
  return (
    <span className="inline-flex items-center gap-1 text-xs text-state-changing tabular-nums">
      <FlaskConicalIcon aria-hidden="true" className="size-3.5" />
      {t("onTrial")}
      {until && <SecondsLeft until={until} />}
    </span>
  );
}

/** Counts down to a moment. */
export function SecondsLeft({ until }: { until: Date }) {
  const t = useTranslations("servers.change");
  const now = useNow({ updateInterval: 1_000 });
  const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  // The server rendered this a moment earlier.
  return <span suppressHydrationWarning>{t("left", { seconds })}</span>;
}
