"use client";

import { FolderTreeIcon, GitCompareIcon, MapIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { useUrlState } from "@/components/use-url-state";
import type { Server } from "@/domains/servers/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Snapshot } from "../../contract";
import type { SnapshotRights } from "../use-snapshot-rights";
import { BrowsePanel } from "./browse-panel";
import { ComparePanel } from "./compare-panel";
import { type PageView, readPageView, writePageView } from "./page-view";
import { RegionsPanel } from "./regions-panel";
import { RestoreFilesDialog } from "./restore-files-dialog";
import { SelectionBar } from "./selection-bar";

interface SnapshotViewsProps {
  server: Server;
  snapshot: Snapshot;
  rights: SnapshotRights;
}

const nothing: ReadonlySet<string> = new Set();

/** Files, comparison and map of a snapshot. What is selected stays selected from one view to the next. */
export function SnapshotViews({ server, snapshot, rights }: SnapshotViewsProps) {
  const t = useTranslations("snapshots");
  const [view, setView] = useUrlState(readPageView, writePageView);
  const [selected, setSelected] = useState<ReadonlySet<string>>(nothing);
  const [restoring, setRestoring] = useState<readonly string[] | null>(null);
  const { data: dimensions = [] } = useQuery(
    useTRPC().snapshots.regions.queryOptions({ snapshotId: snapshot.id }, { staleTime: 300_000 }),
  );
  const hasMap = dimensions.length > 0;
  const selectable = rights.restore ? selected : null;
  return (
    <>
      <Tabs
        value={view.tab === "regions" && !hasMap ? "files" : view.tab}
        onValueChange={(tab) => setView({ tab: tab as PageView["tab"] })}
      >
        <TabsList aria-label={t("detail.tabs.label")}>
          <TabsTrigger value="files" className="max-md:h-11">
            <FolderTreeIcon aria-hidden="true" />
            {t("detail.tabs.files")}
          </TabsTrigger>
          <TabsTrigger value="compare" className="max-md:h-11">
            <GitCompareIcon aria-hidden="true" />
            {t("detail.tabs.compare")}
          </TabsTrigger>
          {hasMap && (
            <TabsTrigger value="regions" className="max-md:h-11">
              <MapIcon aria-hidden="true" />
              {t("detail.tabs.regions")}
            </TabsTrigger>
          )}
        </TabsList>
        <TabsContent value="files">
          <BrowsePanel
            snapshotId={snapshot.id}
            path={view.path}
            onPath={(path) => setView({ path })}
            selected={selectable}
            onSelect={setSelected}
          />
        </TabsContent>
        <TabsContent value="compare">
          <ComparePanel
            snapshot={snapshot}
            rights={rights}
            withId={view.withId}
            onWith={(withId) => setView({ withId })}
            onRestore={(path) => setRestoring([path])}
          />
        </TabsContent>
        {hasMap && (
          <TabsContent value="regions">
            <RegionsPanel dimensions={dimensions} selected={selectable} onSelect={setSelected} />
          </TabsContent>
        )}
      </Tabs>
      <SelectionBar
        count={selected.size}
        label={t("select.restore")}
        onRestore={() => setRestoring([...selected])}
        onClear={() => setSelected(nothing)}
      />
      {restoring && (
        <RestoreFilesDialog
          server={server}
          snapshot={snapshot}
          paths={restoring}
          onClose={() => setRestoring(null)}
          onDone={() => {
            setRestoring(null);
            setSelected(nothing);
          }}
        />
      )}
    </>
  );
}
