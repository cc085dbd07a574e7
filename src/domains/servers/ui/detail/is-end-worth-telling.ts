import type { Server } from "../../contract";
import type { ExitCause } from "../../exit-cause";

/** Ends that somebody asked for: nothing to explain. */
const ordinary: ReadonlySet<string> = new Set<ExitCause>(["stopped_by_command", "stopped_from_outside"]);

/** True while the server is down after a crash or a start that failed. */
export function isEndWorthTelling(server: Pick<Server, "state" | "lastEnd">): boolean {
  return (
    server.state === "stopped" &&
    server.lastEnd !== null &&
    (server.lastEnd.isCrash || !ordinary.has(server.lastEnd.cause))
  );
}
