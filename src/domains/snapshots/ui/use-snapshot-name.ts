"use client";

import { useTranslations } from "next-intl";
import type { Snapshot } from "../contract";

/** What a snapshot is called: "By hand · World (world) #3". */
export function useSnapshotName(): (snapshot: Pick<Snapshot, "type" | "resource" | "path" | "version">) => string {
  const t = useTranslations("snapshots");
  return ({ type, resource, path, version }) => {
    const kind = t(`resources.${resource}`);
    return t("named", {
      type: t(`types.${type}`),
      resource: path ? t("resourcePath", { resource: kind, path }) : kind,
      version: String(version),
    });
  };
}
