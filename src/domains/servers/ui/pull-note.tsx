"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Server } from "../contract";
import { useImagePull } from "./use-image-pull";

/** How far the image of a starting server has come; nothing while none is fetched. */
export function PullNote({ server }: { server: Pick<Server, "id" | "state" | "launchKind"> }) {
  const t = useTranslations("launch.pull");
  const format = useFormatter();
  const share = useImagePull(server);
  if (share === undefined) return null;
  return (
    <span className="text-xs text-state-changing tabular-nums">
      {share === null ? t("unknown") : t("known", { share: format.number(share, "percent") })}
    </span>
  );
}
