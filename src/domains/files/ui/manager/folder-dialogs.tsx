"use client";

import type { Server } from "@/domains/servers/contract";
import type { FileEntry } from "../../contract";
import { CompressDialog, ExtractDialog } from "../archive/archive-dialogs";
import type { FileChanges } from "../use-file-changes";
import { ChooseFolderDialog } from "./choose-folder-dialog";
import { NewEntryDialog } from "./new-entry-dialog";
import type { FolderDialog } from "./use-folder-view";

interface FolderDialogsProps {
  server: Server;
  path: string;
  dialog: FolderDialog | null;
  onDialog: (dialog: FolderDialog | null) => void;
  creating: "file" | "folder" | null;
  onCreating: (kind: "file" | "folder" | null) => void;
  changes: FileChanges;
  isTaken: (name: string) => boolean;
  onCreated: (entry: FileEntry) => void;
  /** The focus goes back to the list. */
  onClosed: () => void;
}

/** Whatever a folder asks about, one at a time. */
export function FolderDialogs(props: FolderDialogsProps) {
  const { server, path, dialog, changes, creating } = props;
  const close = () => props.onDialog(null);
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault();
    props.onClosed();
  };
  if (creating)
    return (
      <NewEntryDialog
        kind={creating}
        folder={path}
        isTaken={props.isTaken}
        create={changes.create}
        onCreated={props.onCreated}
        onCloseAutoFocus={onCloseAutoFocus}
        onClose={() => {
          changes.create.reset();
          props.onCreating(null);
        }}
      />
    );
  if (dialog?.kind === "moveTo" || dialog?.kind === "copyTo") {
    const { kind, entries } = dialog;
    return (
      <ChooseFolderDialog
        serverId={server.id}
        kind={kind}
        entries={entries}
        folder={path}
        onChoose={(to) => {
          if (kind === "copyTo") changes.copy.mutate({ entries, to });
          else changes.move.mutate({ paths: entries.map((entry) => entry.path), to });
        }}
        onClose={close}
        onCloseAutoFocus={onCloseAutoFocus}
      />
    );
  }
  if (dialog?.kind === "extract" || dialog?.kind === "compress") {
    const Shown = dialog.kind === "extract" ? ExtractDialog : CompressDialog;
    const { entries } = dialog;
    return <Shown serverId={server.id} folder={path} onClose={close} {...{ entries, onCloseAutoFocus }} />;
  }
  return null;
}
