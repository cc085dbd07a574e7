import type { Sealer } from "@/server/crypto/seal";
import type { Logger } from "@/server/logger";
import { createManagementClient } from "../../console/server/management/management-client";
import type { ManagementPort } from "../../console/server/management/management-port";
import { createRconClient } from "../../console/server/rcon-client";
import type { RconPort } from "../../console/server/rcon-port";
import { managementPlace, rconPlace } from "./prepare-launch";
import { addressOf, type TrackedServer } from "./tracked-server";

/** How mcsd talks to a running game: each connection is opened when it is first wanted and closed when the process ends. */
export interface GameConnections {
  rcon(tracked: TrackedServer): RconPort;
  /** A connection beside that one, for questions of mcsd's own. */
  probe(tracked: TrackedServer): RconPort;
  /** From the process's beginning on, where the game has the service. `changed` is called when it is reached and when it is lost. */
  manage(tracked: TrackedServer, changed: () => void): void;
}

const probeConnectMs = 2000;

export function createGameConnections({ sealer, log }: { sealer: Sealer; log: Logger }): GameConnections {
  const openRcon = (tracked: TrackedServer, connectTimeoutMs?: number): RconPort =>
    createRconClient({
      host: addressOf(tracked),
      port: tracked.record.rconPort,
      password: sealer.open(tracked.record.rconPassword, rconPlace(tracked.record.id)),
      connectTimeoutMs,
    });
  const openManagement = (tracked: TrackedServer): ManagementPort | null => {
    const { id, managementPort, managementSecret } = tracked.record;
    if (managementPort === null || managementSecret === null) return null;
    try {
      const secret = sealer.open(managementSecret, managementPlace(id));
      return createManagementClient({ host: addressOf(tracked), port: managementPort, secret });
    } catch (error) {
      log.warn({ err: error, serverId: id }, "the management service of a server cannot be used");
      return null;
    }
  };
  return {
    rcon(tracked) {
      tracked.rcon ??= openRcon(tracked);
      return tracked.rcon;
    },
    probe(tracked) {
      tracked.probe ??= openRcon(tracked, probeConnectMs);
      return tracked.probe;
    },
    manage(tracked, changed) {
      tracked.management?.close();
      tracked.management = openManagement(tracked);
      tracked.management?.listen(({ name }) => {
        if (name === "connected" || name === "lost") changed();
      });
    },
  };
}

export function closeConnections(tracked: TrackedServer): void {
  tracked.rcon?.close();
  tracked.probe?.close();
  tracked.management?.close();
  Object.assign(tracked, { rcon: null, probe: null, management: null });
}
