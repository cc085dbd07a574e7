"use client";

import { useTranslations } from "next-intl";
import type { Server } from "../../contract";

/** Why a server cannot be tracked, the way out, and what exactly was found. */
export function LossNote({ loss }: { loss: NonNullable<Server["loss"]> }) {
  const t = useTranslations("launch.loss");
  return (
    <div className="grid gap-1.5 text-sm">
      <p>{t(`${loss.reason}.what`)}</p>
      <p className="text-muted-foreground">{t(`${loss.reason}.fix`)}</p>
      <p className="rounded-md bg-muted p-2 font-mono text-xs break-words">
        <span className="sr-only">{t("message")}: </span>
        {loss.message}
      </p>
    </div>
  );
}
