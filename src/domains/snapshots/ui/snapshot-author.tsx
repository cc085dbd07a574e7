"use client";

import { useTranslations } from "next-intl";
import type { Snapshot } from "../contract";

/** Who took a snapshot: a person, or the schedule. */
export function SnapshotAuthor({ snapshot }: { snapshot: Pick<Snapshot, "type" | "createdBy"> }) {
  const t = useTranslations("snapshots");
  return <>{snapshot.type === "scheduled" ? t("bySchedule") : t("by", { name: snapshot.createdBy })}</>;
}
