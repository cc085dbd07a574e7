"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useStoredFlag } from "@/domains/console/ui/use-stored-flag";
import type { Server } from "@/domains/servers/contract";
import { SearchPanel } from "../search/search-panel";
import { TrashPanel } from "../trash/trash-panel";
import { collectDropped } from "../upload/collect-files";
import { UploadButton } from "../upload/upload-button";
import { uploads } from "../upload/use-uploads";
import { useFileChanges } from "../use-file-changes";
import type { FileRights } from "../use-file-rights";
import type { FileView } from "../use-file-view";
import { FileCrumbs } from "./file-crumbs";
import { FileToolbar } from "./file-toolbar";
import { FolderTree } from "./folder-tree";
import { FolderView } from "./folder-view";
import type { DropActions } from "./use-drop";
import type { KeptState } from "./use-kept-state";

interface FileBrowserProps {
  server: Server;
  rights: FileRights;
  view: FileView;
  kept: KeptState;
  onView: (view: Partial<FileView>) => void;
}

/** The folders of a server: tree, way, list, trash and search, as tall as the window allows. */
export function FileBrowser({ server, rights, view, kept, onView }: FileBrowserProps) {
  const t = useTranslations("files.manager");
  const { path, panel } = view;
  const changes = useFileChanges(server.id);
  const [hasTree, setTree] = useStoredFlag("mcsd.files.tree", true);
  const [creating, setCreating] = useState<"file" | "folder" | null>(null);
  // Belongs to one folder: it is empty again in the next.
  const [filter, setFilter] = useState({ path, text: "" });
  const drop: DropActions = {
    serverId: server.id,
    onFiles: rights.upload
      ? (data, to) => void collectDropped(data).then((picked) => uploads.add(server.id, to, picked))
      : undefined,
    onMove: rights.edit ? (paths, to) => changes.move.mutate({ paths, to }) : undefined,
  };
  const open = (next: string) => {
    // On the way up, the folder that one comes from is the active one.
    if (path.startsWith(next === "" ? "" : `${next}/`) && path !== next) {
      const rest = path.slice(next === "" ? 0 : next.length + 1);
      kept.lastActive.set(next, path.slice(0, path.length - rest.length) + rest.split("/")[0]);
    }
    onView({ path: next });
  };
  const text = filter.path === path ? filter.text : "";
  const setText = (next: string) => setFilter({ path, text: next });
  return (
    <section aria-label={t("title")} className="relative min-h-[78dvh] flex-1 md:min-h-[28rem]">
      <div className="absolute inset-0 flex min-h-0 flex-col gap-2">
        <FileCrumbs
          path={path}
          onPath={(next, isByKey) => {
            kept.isByKey.current = isByKey;
            open(next);
          }}
          drop={drop}
        />
        {panel === "trash" && <TrashPanel server={server} rights={rights} onClose={() => onView({})} />}
        {panel === "search" && <SearchPanel serverId={server.id} view={view} onView={onView} />}
        {panel === "files" && (
          <>
            <FileToolbar
              rights={rights}
              filter={text}
              onFilter={setText}
              onList={() => kept.list.current?.focus()}
              onNew={setCreating}
              onSearch={() => onView({ panel: "search" })}
              onTrash={() => onView({ panel: "trash" })}
              hasTree={hasTree}
              onTree={setTree}
              upload={rights.upload && <UploadButton serverId={server.id} folder={path} />}
            />
            <div className="flex min-h-0 flex-1 gap-3">
              {hasTree && (
                <aside className="w-60 shrink-0 rounded-lg border bg-card max-lg:hidden">
                  <FolderTree path={path} onPath={open} drop={drop} label={t("tree.label")} />
                </aside>
              )}
              <div className="min-w-0 flex-1">
                <FolderView
                  key={path}
                  server={server}
                  path={path}
                  rights={rights}
                  kept={kept}
                  changes={changes}
                  drop={drop}
                  filter={text}
                  onFilter={setText}
                  creating={creating}
                  onCreating={setCreating}
                  onPath={open}
                  upload={rights.upload && <UploadButton serverId={server.id} folder={path} />}
                />
              </div>
            </div>
          </>
        )}
      </div>
    </section>
  );
}
