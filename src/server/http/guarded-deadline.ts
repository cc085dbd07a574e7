export interface Deadline {
  /** Aborts when the time is up or the parent aborts. */
  readonly signal: AbortSignal;
  isOver(): boolean;
  /** Lets go of the timer and the parent. Safe to call twice. */
  close(): void;
}

/** A time limit joined with a caller's signal. Not AbortSignal.any: on Node 20 that keeps every joined signal alive with its parent. */
export function openDeadline(ms: number, parent?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const onAbort = () => controller.abort(parent?.reason);
  const timer = setTimeout(() => {
    isOver = true;
    controller.abort(new Error("time limit"));
  }, ms);
  if (parent?.aborted) onAbort();
  parent?.addEventListener("abort", onAbort, { once: true });
  return {
    signal: controller.signal,
    isOver: () => isOver,
    close: () => {
      clearTimeout(timer);
      parent?.removeEventListener("abort", onAbort);
    },
  };
}
