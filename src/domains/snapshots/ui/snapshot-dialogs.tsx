"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ConfirmDialog } from "@/components/confirm-dialog";
import type { Server } from "@/domains/servers/contract";
import { NoteDialog } from "./note-dialog";
import { RestoreDialog } from "./restore-dialog";
import type { SnapshotActions } from "./use-snapshot-actions";
import { useSnapshotName } from "./use-snapshot-name";

interface SnapshotDialogsProps {
  server: Server;
  actions: SnapshotActions;
  onDeleted?: () => void;
}

/** The dialog that is open, if any. */
export function SnapshotDialogs({ server, actions, onDeleted }: SnapshotDialogsProps) {
  const t = useTranslations("snapshots.delete");
  const format = useFormatter();
  const nameOf = useSnapshotName();
  if (!actions.dialog) return null;
  const { kind, snapshot } = actions.dialog;
  if (kind === "restore") return <RestoreDialog server={server} snapshot={snapshot} onClose={actions.close} />;
  if (kind === "note")
    return (
      <NoteDialog
        snapshot={snapshot}
        {...actions.note}
        onSave={(text) => actions.saveNote(snapshot, text)}
        onClose={actions.close}
      />
    );
  return (
    <ConfirmDialog
      title={t("title", { name: nameOf(snapshot) })}
      text={
        snapshot.status === "failed"
          ? t("textFailed")
          : t("text", { date: format.dateTime(snapshot.createdAt, "short") })
      }
      action={t("confirm")}
      onConfirm={() => actions.remove(snapshot, onDeleted)}
      onClose={actions.close}
    />
  );
}
