import type { Services } from "@/server/context";

/**
 * Lets every kind remove what it keeps for a server that is gone: it may have been of another kind before. An engine that does not
 * answer keeps a container that has ended, and the log says so.
 */
export async function forgetServer(
  { strategies, log }: Pick<Services, "strategies" | "log">,
  serverId: string,
): Promise<void> {
  for (const { kind, forget } of Object.values(strategies)) {
    await forget(serverId).catch((error) => {
      if (kind === "host") throw error;
      log.info(
        { serverId, kind, reason: String((error as Error).message) },
        "a kind could not be asked to forget a server",
      );
    });
  }
}
