import type { LiveStatus } from "../contract";

export interface LiveSample {
  cpu: number | null;
  memoryBytes: number | null;
}

/** How many samples the small charts show. */
export const liveHistoryLength = 60;
const nothing: readonly LiveSample[] = [];

/** The newest samples of every server as this tab has seen them. Lives as long as the tab. */
export class LiveHistory {
  private readonly samples = new Map<string, readonly LiveSample[]>();
  private readonly listeners = new Map<string, Set<() => void>>();

  push(serverId: string, live: Pick<LiveStatus, "cpu" | "memoryBytes">): void {
    const next = [...this.of(serverId), { cpu: live.cpu, memoryBytes: live.memoryBytes }];
    this.samples.set(serverId, next.slice(-liveHistoryLength));
    for (const listener of this.listeners.get(serverId) ?? []) listener();
  }

  of(serverId: string): readonly LiveSample[] {
    return this.samples.get(serverId) ?? nothing;
  }

  forget(serverId: string): void {
    this.samples.delete(serverId);
    for (const listener of this.listeners.get(serverId) ?? []) listener();
  }

  /** Calls `listener` on each new sample of the server; gives back how to stop. */
  subscribe(serverId: string, listener: () => void): () => void {
    const known = this.listeners.get(serverId) ?? new Set();
    this.listeners.set(serverId, known.add(listener));
    return () => {
      known.delete(listener);
      if (known.size === 0 && this.listeners.get(serverId) === known) this.listeners.delete(serverId);
    };
  }
}

/** The one of this tab. */
export const liveHistory = new LiveHistory();
