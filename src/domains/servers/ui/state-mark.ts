import type { Server, ServerState } from "../contract";

/** What the page calls the state: a server that crashed and stays down is told apart from one that was stopped. */
export type ShownState = ServerState | "crashed";

export function shownState(server: Pick<Server, "state" | "lastEnd">): ShownState {
  return server.state === "stopped" && server.lastEnd?.isCrash ? "crashed" : server.state;
}

/** Colours of a state; always beside a word. */
export const stateColours: Readonly<Record<ShownState, { text: string; dot: string }>> = {
  running: { text: "text-state-running", dot: "bg-state-running" },
  starting: { text: "text-state-changing", dot: "bg-state-changing animate-state-pulse" },
  stopping: { text: "text-state-changing", dot: "bg-state-changing animate-state-pulse" },
  stopped: { text: "text-state-stopped", dot: "bg-state-stopped" },
  unknown: { text: "text-state-unknown", dot: "bg-state-unknown" },
  crashed: { text: "text-state-crashed", dot: "bg-state-crashed" },
};

/** Order when sorting by state: what needs attention first, then what runs. */
export const stateOrder: readonly ShownState[] = ["crashed", "unknown", "starting", "stopping", "running", "stopped"];
