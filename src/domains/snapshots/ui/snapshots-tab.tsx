"use client";

import { CalendarClockIcon, CameraIcon, UploadIcon } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { DeniedState } from "@/components/denied-state";
import { Button } from "@/components/ui/button";
import { useUrlState } from "@/components/use-url-state";
import type { Server } from "@/domains/servers/contract";
import { useServer } from "@/domains/servers/ui/use-server";
import { formatBytes } from "@/lib/format-bytes";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { CreateDialog } from "./create-dialog";
import { DiskWarning } from "./disk-warning";
import { ImportDialog } from "./import-dialog";
import { RestoreJobs } from "./restore-jobs";
import { readSnapshotFilter, writeSnapshotFilter } from "./snapshot-filter";
import { SnapshotFilters } from "./snapshot-filters";
import { SnapshotList } from "./snapshot-list";
import { UndoCard } from "./undo-card";
import { useSnapshotRights } from "./use-snapshot-rights";

/** Third tab of a server: the states that it can go back to. */
export function SnapshotsTab({ serverId }: { serverId: string }) {
  const { server } = useServer(serverId);
  if (!server) return null;
  return <Snapshots server={server} />;
}

function Snapshots({ server }: { server: Server }) {
  const t = useTranslations("snapshots");
  const locale = useLocale();
  const rights = useSnapshotRights(server);
  const [filter, setFilter] = useUrlState(readSnapshotFilter, writeSnapshotFilter);
  const [open, setOpen] = useState<"create" | "import" | null>(null);
  const { data: usage } = useQuery({
    ...useTRPC().snapshots.usage.queryOptions({ serverId: server.id }),
    enabled: rights.view,
  });
  if (!rights.view) return <DeniedState permission="backups.view" />;
  const create = rights.create && (
    <Button className="max-md:h-11" onClick={() => setOpen("create")}>
      <CameraIcon />
      {t("create")}
    </Button>
  );
  return (
    <section aria-labelledby="snapshots-title" className="grid gap-4">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
          <h2 id="snapshots-title" className="font-semibold">
            {t("title")}
          </h2>
          <p className="text-muted-foreground tabular-nums">
            {usage && usage.count > 0
              ? t("usage", {
                  count: usage.count,
                  logical: formatBytes(usage.logicalBytes, locale),
                  added: formatBytes(usage.addedBytes, locale),
                })
              : t("text")}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="outline" className="max-md:h-11">
            <Link href={`/servers/${server.id}/snapshots/schedule`}>
              <CalendarClockIcon />
              {t("schedule")}
            </Link>
          </Button>
          {rights.import && (
            <Button variant="outline" className="max-md:h-11" onClick={() => setOpen("import")}>
              <UploadIcon />
              {t("import")}
            </Button>
          )}
          {create}
        </div>
      </header>
      {usage && <DiskWarning disk={usage.disk} />}
      <RestoreJobs serverId={server.id} />
      {usage?.undoable && <UndoCard server={server} undoable={usage.undoable} />}
      <SnapshotFilters filter={filter} onFilter={setFilter} />
      <SnapshotList server={server} filter={filter} onFilter={setFilter} create={create} />
      {open === "create" && <CreateDialog server={server} onClose={() => setOpen(null)} />}
      {open === "import" && <ImportDialog serverId={server.id} onClose={() => setOpen(null)} />}
    </section>
  );
}
