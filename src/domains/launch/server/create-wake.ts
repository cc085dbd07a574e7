import { watch } from "node:fs";

/** A door bell: rings when a file changes, when somebody rings it, or when a time is over. */
export interface Wake {
  /** Resolves at the next ring (a ring since the last wait counts) or after `ms`. */
  next(ms: number): Promise<void>;
  ring(): void;
  /** False when the system cannot watch the file (or there is none): then only the time limits tell of changes. */
  readonly isWatching: boolean;
  close(): void;
}

/** Watches `path` if there is one and it can be watched; else the time limit of each wait has to do. Whoever makes it closes it. */
export function createWake(path: string | null): Wake {
  let hasRung = false;
  let isClosed = false;
  let answer: (() => void) | null = null;
  const ring = () => {
    hasRung = true;
    answer?.();
  };
  const watcher = path === null ? null : openWatcher(path, ring);
  return {
    next: (ms) =>
      new Promise((resolve) => {
        const finish = () => {
          clearTimeout(timer);
          answer = null;
          hasRung = false;
          resolve();
        };
        const timer = setTimeout(finish, ms);
        answer = finish;
        if (hasRung || isClosed) finish();
      }),
    ring,
    isWatching: watcher !== null,
    close: () => {
      isClosed = true;
      watcher?.close();
      ring();
    },
  };
}

function openWatcher(path: string, onChange: () => void) {
  try {
    const watcher = watch(path, { persistent: false }, onChange);
    watcher.on("error", () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
