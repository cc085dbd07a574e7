"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useRef } from "react";
import { toast } from "sonner";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC, useTRPCClient } from "@/trpc/client";
import { type FileEntry, type ManyResult, maxListed } from "../contract";
import { patchFolders } from "./folder-query";
import { freeName } from "./manager/free-name";
import { namesLike } from "./names-like";
import { oneByOne } from "./one-by-one";
import { joinPath, nameOf, parentOf } from "./path-parts";
import { shownName } from "./shown-name";
import { useManyFailed } from "./use-many-failed";

/** Paths of one call: a long row of them shows its effect piece by piece. */
const atOnce = 100;

export type CopiedEntry = Pick<FileEntry, "path" | "kind">;
export interface RestoredItem {
  path: string;
  trashId: string;
}
export type FileChanges = ReturnType<typeof useFileChanges>;

/** Everything that changes files from the manager: shows the effect at once, says what failed, and offers to undo. */
export function useFileChanges(serverId: string) {
  const t = useTranslations("files.manager.done");
  const trpc = useTRPC();
  const api = useTRPCClient();
  const client = useQueryClient();
  const onError = useToastError();
  const tellFailed = useManyFailed();
  /** Takes the last change back, once. */
  const lastUndo = useRef<(() => void) | null>(null);
  const undo = useCallback(() => {
    const { current } = lastUndo;
    lastUndo.current = null;
    current?.();
  }, []);
  const offerUndo = (takeBack: () => void) => {
    lastUndo.current = takeBack;
    return {
      label: t("undo"),
      onClick: () => {
        if (lastUndo.current === takeBack) lastUndo.current = null;
        takeBack();
      },
    };
  };

  const show = (removed: readonly string[], added: readonly FileEntry[]) => {
    patchFolders(client, serverId, { removed, added });
    void client.invalidateQueries({ queryKey: trpc.files.trash.queryKey({ serverId }) });
  };
  const inParts = async (paths: readonly string[], call: (part: string[]) => Promise<ManyResult>) => {
    const all: ManyResult = { done: [], failed: [] };
    for (let at = 0; at < paths.length; at += atOnce) {
      const { done, failed } = await call(paths.slice(at, at + atOnce));
      all.done.push(...done);
      all.failed.push(...failed);
      const removed = done.map(({ path }) => path);
      show(removed, done.some(({ trashId }) => trashId) ? [] : done.map(({ entry }) => entry));
    }
    return all;
  };

  const move = useMutation({
    onError,
    mutationFn: ({ paths, to }: { paths: readonly string[]; to: string }) =>
      inParts(paths, (part) => api.files.moveMany.mutate({ serverId, paths: part, to })),
    onSuccess: ({ done, failed }, { to }) => {
      tellFailed(failed);
      const [first] = done;
      if (!first) return;
      const from = parentOf(first.path);
      const folder = to === "" ? t("top") : shownName(nameOf(to));
      toast.success(t("moved", { count: done.length, name: shownName(first.entry.name), folder }), {
        action: offerUndo(() => move.mutate({ paths: done.map(({ entry }) => entry.path), to: from })),
      });
    },
  });
  const restore = useMutation({
    onError,
    mutationFn: (items: readonly RestoredItem[]) =>
      oneByOne(items, async ({ trashId }) => show([], [await api.files.restoreTrash.mutate({ serverId, trashId })])),
    onSuccess: ({ done, failed }) => {
      tellFailed(failed);
      if (done.length > 0) toast.success(t("restored", { count: done.length }));
    },
  });
  const remove = useMutation({
    onError,
    mutationFn: (paths: readonly string[]) =>
      inParts(paths, (part) => api.files.deleteMany.mutate({ serverId, paths: part })),
    onSuccess: ({ done, failed }) => {
      tellFailed(failed);
      const [first] = done;
      if (!first) return;
      const items = done.flatMap(({ path, trashId }) => (trashId ? { path, trashId } : []));
      toast.success(t("deleted", { count: done.length, name: shownName(nameOf(first.path)) }), {
        duration: 10_000,
        action: offerUndo(() => restore.mutate(items)),
      });
    },
  });
  const copy = useMutation({
    onError,
    mutationFn: async ({ entries, to }: { entries: readonly CopiedEntry[]; to: string }) => {
      const there = await api.files.list.query({ serverId, path: to });
      const known = new Set(there.map(({ name }) => name));
      return oneByOne(entries, async ({ path, kind }) => {
        const own = nameOf(path);
        // Of a folder that is longer than one answer, the names are asked for that matter.
        const more = there.length < maxListed ? [] : await namesLike(api.files, { serverId, path: to }, own);
        const name = freeName(own, new Set([...known, ...more]));
        // A folder may take long: its job is in the top bar, and its end is told by the event stream.
        const made = await api.files.copy.mutate({ serverId, path, to: joinPath(to, name), wait: kind !== "folder" });
        known.add(name);
        if ("path" in made) show([], [made]);
      });
    },
    onSuccess: ({ done, failed }) => {
      tellFailed(failed);
      const [first] = done;
      const isLong = done.some(({ kind }) => kind === "folder");
      if (first)
        toast.success(t(isLong ? "copying" : "copied", { count: done.length, name: shownName(nameOf(first.path)) }));
    },
  });
  const rename = useMutation({
    onError,
    mutationFn: ({ entry, name }: { entry: FileEntry; name: string }) =>
      api.files.move.mutate({ serverId, path: entry.path, to: joinPath(parentOf(entry.path), name) }),
    // The new name stands at once; the old one comes back when it is refused.
    onMutate: ({ entry, name }) => show([entry.path], [{ ...entry, name, path: joinPath(parentOf(entry.path), name) }]),
    onSuccess: (entry, { entry: before }) => {
      show([], [entry]);
      offerUndo(() => rename.mutate({ entry, name: before.name }));
    },
    onSettled: (_, error, { entry, name }) => {
      if (error) show([joinPath(parentOf(entry.path), name)], [entry]);
    },
  });
  const create = useMutation({
    mutationFn: async ({ kind, path }: { kind: "file" | "folder"; path: string }) => {
      if (kind === "folder") return api.files.createFolder.mutate({ serverId, path });
      return (await api.files.write.mutate({ serverId, path, content: "", etag: null })).entry;
    },
    onSuccess: (entry) => show([], [entry]),
  });
  return { move, copy, remove, restore, rename, create, undo };
}
