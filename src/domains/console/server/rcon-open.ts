import { connect } from "node:net";
import { maxCommandBytes } from "@/domains/console/contract";
import type { Clock } from "@/server/clock";
import { AppError, isAppError } from "@/server/errors";
import { rconTypes } from "./rcon-frames";
import { createRconLink, type RconLink, unreachable } from "./rcon-link";

const signInId = 1;

/**
 * Connects and signs in. Rejects with RCON_AUTH_FAILED, or with RCON_UNREACHABLE when that took longer than
 * `connectTimeoutMs` or `signal` was aborted; leaves no socket behind then.
 */
export async function openRconLink(options: {
  host: string;
  port: number;
  password: string;
  clock: Clock;
  connectTimeoutMs: number;
  signal: AbortSignal;
}): Promise<RconLink> {
  // No server can have a password that does not fit into a packet.
  if (Buffer.byteLength(options.password) > maxCommandBytes) throw refused();
  const signIn = { id: signInId, type: rconTypes.auth, text: options.password };
  const socket = connect({ host: options.host, port: options.port, noDelay: true });
  const link = createRconLink(socket, options.clock);
  const onAbort = () => link.lose(unreachable("closed"));
  options.signal.addEventListener("abort", onAbort, { once: true });
  socket.once("connect", () => link.send(signIn));
  try {
    await link.receive((frame) => {
      // Some servers send an empty reply packet first; only the type of the sign-in's answer counts.
      if (frame.type !== rconTypes.authReply) return undefined;
      if (frame.id === signInId) return true;
      throw refused();
    }, options.connectTimeoutMs);
    return link;
  } catch (error) {
    throw isAppError(error) && error.code === "RCON_TIMEOUT" ? unreachable("timeout") : error;
  } finally {
    options.signal.removeEventListener("abort", onAbort);
  }
}

export function refused(): AppError {
  return new AppError("RCON_AUTH_FAILED", "The server refused the RCON password.");
}
