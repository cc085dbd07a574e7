"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { useAnnounce } from "@/components/live/announcer";
import type { Snapshot, SnapshotStatus } from "../contract";
import { useSnapshotName } from "./use-snapshot-name";

/** Tells screen readers when a snapshot that was in the making is complete, or has failed. */
export function useAnnounceEnds(snapshots: readonly Snapshot[] | undefined): void {
  const t = useTranslations("snapshots.ended");
  const announce = useAnnounce();
  const nameOf = useSnapshotName();
  const known = useRef(new Map<string, SnapshotStatus>());
  useEffect(() => {
    for (const snapshot of snapshots ?? []) {
      const { id, status } = snapshot;
      if (known.current.get(id) === "running" && status !== "running") announce(t(status, { name: nameOf(snapshot) }));
      known.current.set(id, status);
    }
  }, [snapshots, announce, nameOf, t]);
}
