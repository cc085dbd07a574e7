"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import type { Snapshot } from "../contract";

type Dialog = "restore" | "note" | "delete";

export type SnapshotActions = ReturnType<typeof useSnapshotActions>;

/** What is done to a snapshot in one click, and which dialog is open for which one. */
export function useSnapshotActions() {
  const t = useTranslations("snapshots.sent");
  const trpc = useTRPC();
  const client = useQueryClient();
  const onError = useToastError();
  const [dialog, setDialog] = useState<{ kind: Dialog; snapshot: Snapshot } | null>(null);
  const refresh = () => client.invalidateQueries({ queryKey: trpc.snapshots.pathKey() });
  const pin = useMutation(trpc.snapshots.pin.mutationOptions({ onError, onSuccess: refresh }));
  const note = useMutation(trpc.snapshots.pin.mutationOptions({ onSuccess: refresh }));
  const verify = useMutation(trpc.snapshots.verify.mutationOptions({ onError }));
  const remove = useMutation(trpc.snapshots.delete.mutationOptions({ onError, onSuccess: refresh }));
  return {
    dialog,
    open: (kind: Dialog, snapshot: Snapshot) => {
      note.reset();
      setDialog({ kind, snapshot });
    },
    close: () => setDialog(null),
    pin: ({ id, isPinned }: Snapshot) =>
      pin.mutate(
        { snapshotId: id, isPinned: !isPinned },
        { onSuccess: () => toast.success(t(isPinned ? "unpin" : "pin")) },
      ),
    note: { error: note.error, isSaving: note.isPending },
    saveNote: ({ id, isPinned }: Snapshot, text: string) =>
      note.mutate(
        { snapshotId: id, isPinned, note: text },
        {
          onSuccess: () => {
            toast.success(t("note"));
            setDialog(null);
          },
        },
      ),
    verify: (snapshotId: string, drill: boolean) =>
      verify.mutate(
        { snapshotId, drill },
        {
          onSuccess: () => {
            toast.success(t(drill ? "drill" : "verify"));
            void client.invalidateQueries({ queryKey: trpc.jobs.list.queryKey() });
          },
        },
      ),
    remove: ({ id }: Snapshot, onDone?: () => void) =>
      remove.mutate(
        { snapshotId: id },
        {
          onSuccess: () => {
            toast.success(t("delete"));
            onDone?.();
          },
        },
      ),
  };
}
