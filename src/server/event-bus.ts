import type { Permission } from "@/domains/auth/permissions";
import type { ServerEvent } from "@/domains/servers/contract";

/**
 * An event with who may see it: the owner of the server, its members, and everybody with `servers.view_all`; or, where they are
 * named, those who hold `permission`, or `userId` alone. Only `hello` and `lagged` are for every subscriber.
 */
export interface ScopedEvent {
  ownerId: string | null;
  permission?: Permission;
  userId?: string;
  event: ServerEvent;
}

export interface EventBus {
  publish(scoped: ScopedEvent): void;
  /** Calls the listener with every event, inside `publish`, for as long as the program lives. */
  listen(listener: (scoped: ScopedEvent) => void): void;
  /** Every event from this call on, until the signal aborts (it must, or the backlog stays). A subscriber that falls behind gets one `lagged` instead of a backlog. */
  subscribe(signal: AbortSignal): AsyncIterable<ScopedEvent>;
}

const maxBacklog = 500;

/** In-process bus: one program owns the data folder, so nothing else needs to hear. */
export function createEventBus(): EventBus {
  const listeners = new Set<(scoped: ScopedEvent) => void>();
  return {
    publish(scoped) {
      for (const listener of listeners) listener(scoped);
    },
    listen: (listener) => void listeners.add(listener),
    subscribe(signal) {
      let queue: ScopedEvent[] = [];
      let wake = () => {};
      const listener = (scoped: ScopedEvent) => {
        if (queue.length >= maxBacklog) queue = [{ ownerId: null, event: { kind: "lagged" } }];
        queue.push(scoped);
        wake();
      };
      const leave = () => {
        listeners.delete(listener);
        wake();
      };
      if (signal.aborted) return (async function* () {})();
      listeners.add(listener);
      signal.addEventListener("abort", leave, { once: true });
      return (async function* () {
        try {
          while (!signal.aborted) {
            const batch = queue;
            queue = [];
            yield* batch;
            if (queue.length === 0 && !signal.aborted) {
              await new Promise<void>((resolve) => {
                wake = resolve;
              });
            }
          }
        } finally {
          listeners.delete(listener);
          signal.removeEventListener("abort", leave);
        }
      })();
    },
  };
}
