"use client";

import type { Permission } from "@/domains/auth/permissions";
import { useMe } from "@/domains/auth/ui/use-me";
import type { Server } from "@/domains/servers/contract";
import { mayWith } from "@/domains/servers/ui/server-rights";

export interface SnapshotRights {
  view: boolean;
  create: boolean;
  restore: boolean;
  delete: boolean;
  schedule: boolean;
  download: boolean;
  import: boolean;
  /** Stop and start the server for a restore. */
  restart: boolean;
  /** See lines of its files. */
  files: boolean;
}

/** What the signed-in person may do with the snapshots of that server. What is not allowed is not offered. */
export function useSnapshotRights(server: Pick<Server, "id" | "ownerId">): SnapshotRights {
  const me = useMe();
  const may = (permission: Permission) => mayWith(me, server, permission);
  return {
    view: may("backups.view"),
    create: may("backups.create"),
    restore: may("backups.restore"),
    delete: may("backups.delete"),
    schedule: may("backups.schedule"),
    download: may("backups.download"),
    import: may("backups.create") && may("files.upload"),
    restart: may("servers.restart"),
    files: may("files.view"),
  };
}
