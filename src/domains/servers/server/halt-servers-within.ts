import type { Services } from "@/server/context";
import type { CausedBy } from "../contract";

const by: CausedBy = { kind: "system", name: "shutdown" };

/**
 * Stops the servers that would be killed with mcsd's own container: processes, and containers of an engine in there. They save, and
 * are still wanted, so that those marked for it start again with the container. A server that a verb is busy with is left to that.
 */
export async function haltServersWithin({ supervisor, log }: Pick<Services, "supervisor" | "log">): Promise<void> {
  const within = supervisor.all().filter(({ record, handle }) => handle && record.launchKind !== "dood");
  await Promise.all(
    within.map(async (tracked) => {
      await supervisor.halt(tracked, { by, how: "stop" }, false).catch((error) => {
        log.warn({ err: error, serverId: tracked.record.id }, "a server could not be stopped before the end");
      });
    }),
  );
}
