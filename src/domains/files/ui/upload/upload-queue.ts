import { DetailedError, Upload as TusUpload } from "tus-js-client";
import type { ErrorBody } from "@/lib/error-codes";
import { freeName } from "../manager/free-name";
import { joinPath, nameOf, parentOf } from "../path-parts";
import type { PickedFile } from "./collect-files";

/** `naming`: a free name is looked for. */
export type UploadStatus = "waiting" | "sending" | "paused" | "taken" | "naming" | "failed" | "done";
/** Numbered names beside a path, as the server has them. */
export type ReadNames = (item: UploadItem) => Promise<ReadonlySet<string>>;
/** What happens to a file whose name is taken. */
export type Settlement = { choice: "replace" } | { choice: "keepBoth"; readNames: ReadNames };

/** One file on its way to a server. */
export interface UploadItem {
  readonly id: string;
  readonly serverId: string;
  readonly path: string;
  readonly size: number;
  readonly sent: number;
  /** Bytes a second, of the last seconds; null while unknown. */
  readonly speed: number | null;
  readonly status: UploadStatus;
  /** Why it failed; null when nobody answered. */
  readonly error: ErrorBody | null;
}

interface Sending {
  file: File;
  upload: TusUpload | null;
  mayReplace: boolean;
  /** It lies beside what is there, under a name that is looked for again if somebody else takes it meanwhile. */
  readNames: ReadNames | null;
  /** How often it was started. */
  runs: number;
  /** For the speed: when how much had been sent. */
  mark: { at: number; sent: number };
}

const atOnce = 3;
const speedEveryMs = 1000;
const retryDelays = [0, 1000, 3000, 5000, 10_000, 20_000, 30_000];

/**
 * All uploads of this tab: three at a time, each by itself paused, taken up again after a loss of the network or a restart of mcsd, or given
 * up. Lives outside of the pages, so walking through them stops nothing.
 */
export function createUploadQueue({ Upload = TusUpload }: { Upload?: typeof TusUpload } = {}) {
  let items: readonly UploadItem[] = [];
  const sending = new Map<string, Sending>();
  const listeners = new Set<() => void>();
  let count = 0;

  const change = (id: string, values: Partial<UploadItem>) => {
    items = items.map((item) => (item.id === id ? { ...item, ...values } : item));
    for (const listener of listeners) listener();
  };
  const next = () => {
    const free = atOnce - items.filter(({ status }) => status === "sending").length;
    for (const item of items.filter(({ status }) => status === "waiting").slice(0, Math.max(0, free))) start(item);
  };

  function start({ id, serverId, path }: UploadItem): void {
    const state = sending.get(id);
    if (!state) return;
    change(id, { status: "sending", error: null, speed: null });
    state.mark = { at: performance.now(), sent: items.find((item) => item.id === id)?.sent ?? 0 };
    state.upload ??= new Upload(state.file, {
      endpoint: `/api/servers/${serverId}/uploads`,
      metadata: { path, ...(state.mayReplace && { replace: "yes" }) },
      retryDelays,
      removeFingerprintOnSuccess: true,
      // The same file for the same place: what the browser remembers of it is taken up after a reload.
      fingerprint: async (file) =>
        `mcsd ${serverId} ${path} ${file instanceof File ? `${file.size} ${file.lastModified}` : ""}`,
      onProgress: (sent) => {
        const now = performance.now();
        const passed = now - state.mark.at;
        if (passed < speedEveryMs) return void change(id, { sent });
        change(id, { sent, speed: ((sent - state.mark.sent) / passed) * 1000 });
        state.mark = { at: now, sent };
      },
      onShouldRetry: (error) => isWorthATry(error),
      onSuccess: () => {
        sending.delete(id);
        change(id, { status: "done", sent: state.file.size, speed: null });
        next();
      },
      onError: (thrown) => {
        const error = thrown instanceof DetailedError ? bodyOf(thrown) : null;
        change(id, { status: error?.code === "PATH_EXISTS" ? "taken" : "failed", error, speed: null });
        if (error?.code === "PATH_EXISTS" && state.readNames) void rename(id, state.readNames);
        next();
      },
    });
    const { upload } = state;
    const run = ++state.runs;
    void upload.findPreviousUploads().then((previous) => {
      // Paused and taken up again before the browser's memory answered: the later one starts it.
      if (run !== state.runs || items.find((item) => item.id === id)?.status !== "sending") return;
      if (previous[0]) upload.resumeFromPreviousUpload(previous[0]);
      upload.start();
    });
  }

  async function rename(id: string, readNames: ReadNames): Promise<void> {
    const item = items.find((known) => known.id === id);
    const state = sending.get(id);
    if (!item || !state) return;
    change(id, { status: "naming", error: null });
    const there = await readNames(item).catch(() => null);
    // Given up meanwhile, or nobody answered.
    if (!sending.has(id)) return;
    if (!there) return change(id, { status: "failed" });
    const inQueue = items.filter(({ path }) => parentOf(path) === parentOf(item.path)).map(({ path }) => nameOf(path));
    const name = freeName(nameOf(item.path), new Set([...there, ...inQueue, nameOf(item.path)]));
    state.upload = null;
    change(id, { path: joinPath(parentOf(item.path), name), status: "waiting", sent: 0, error: null });
    next();
  }

  const queue = {
    items: () => items,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    add(serverId: string, folder: string, picked: readonly PickedFile[]) {
      const added = picked.map(({ file, path }): UploadItem => {
        const id = String(++count);
        sending.set(id, { file, upload: null, mayReplace: false, readNames: null, runs: 0, mark: { at: 0, sent: 0 } });
        const about = { id, serverId, path: joinPath(folder, path), size: file.size };
        return { ...about, sent: 0, speed: null, status: "waiting", error: null };
      });
      items = [...items, ...added];
      for (const listener of listeners) listener();
      next();
    },
    pause(id: string) {
      void sending.get(id)?.upload?.abort();
      change(id, { status: "paused", speed: null });
      next();
    },
    pauseAll() {
      const active = items.filter(({ status }) => status === "waiting" || status === "sending").map(({ id }) => id);
      // All at once: what waits would begin in the place of the first.
      items = items.map((item) => (active.includes(item.id) ? { ...item, status: "paused", speed: null } : item));
      for (const id of active) void sending.get(id)?.upload?.abort();
      for (const listener of listeners) listener();
    },
    resumeAll() {
      items = items.map((item) => (item.status === "paused" ? { ...item, status: "waiting", error: null } : item));
      for (const listener of listeners) listener();
      next();
    },
    resume(id: string) {
      change(id, { status: "waiting", error: null });
      next();
    },
    /** Gives it up, here and on the server. */
    async cancel(id: string) {
      const upload = sending.get(id)?.upload;
      sending.delete(id);
      items = items.filter((item) => item.id !== id);
      for (const listener of listeners) listener();
      next();
      await upload?.abort(true).catch(() => {});
    },
    /** Something of its name is there: it takes its place, or lies beside it under a name that is free. */
    settle(id: string, settlement: Settlement) {
      const state = sending.get(id);
      if (!state) return;
      if (settlement.choice === "keepBoth") {
        state.readNames = settlement.readNames;
        return void rename(id, settlement.readNames);
      }
      state.upload = null;
      state.mayReplace = true;
      change(id, { status: "waiting", sent: 0, error: null });
      next();
    },
    clearDone() {
      items = items.filter(({ status }) => status !== "done");
      for (const listener of listeners) listener();
    },
  };
  return queue;
}

/** Refusals stay refusals; a lost network, a restart or a full queue pass. */
function isWorthATry(error: Error): boolean {
  const status = error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0;
  // Of what answers 409, an offset that was wrong and a server that is busy pass.
  const code = error instanceof DetailedError ? bodyOf(error)?.code : undefined;
  if (status === 409) return code === "BAD_REQUEST" || code === "SERVER_BUSY";
  return status === 0 || status === 423 || status === 429 || status >= 500;
}

function bodyOf(thrown: DetailedError): ErrorBody | null {
  try {
    return JSON.parse(thrown.originalResponse?.getBody() ?? "").error as ErrorBody;
  } catch {
    return null;
  }
}
