import { lookup as dnsLookup } from "node:dns/promises";
import { isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";
import { AppError } from "@/server/errors";
import { isPublicAddress } from "./guarded-address";

/** All addresses of a name. */
export type ResolveHost = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

export interface GuardedConnectOptions {
  /** Hosts that the operator configured: any address will do. */
  isTrusted(target: { protocol: string; hostname: string; port: string }): boolean;
  connectMs: number;
  /** Certificate authority in PEM beside the built-in ones' place; left out: Node's own list. */
  ca?: string;
  resolve?: ResolveHost;
  isAllowed?: (address: string) => boolean;
}

const resolveByDns: ResolveHost = (hostname) => dnsLookup(hostname, { all: true });

/**
 * A connector for undici that only connects to public addresses. The name is resolved once, every address of the answer
 * must pass, the connection goes to those very addresses (no second look-up to rebind), and the peer is checked again.
 */
export function createGuardedConnect(options: GuardedConnectOptions): buildConnector.connector {
  const { isTrusted, connectMs, ca, resolve = resolveByDns, isAllowed = isPublicAddress } = options;
  const shared = { timeout: connectMs, allowH2: false, ca };
  const connectTrusted = buildConnector(shared);
  const connectGuarded = buildConnector({ ...shared, lookup: createGuardedLookup(resolve, isAllowed) });

  return (target, callback) => {
    if (isTrusted(target)) return connectTrusted(target, callback);
    // A literal address never reaches the look-up.
    if (isIP(target.hostname) && !isAllowed(target.hostname)) return callback(addressRefused(target.hostname), null);
    connectGuarded(target, (error, socket) => {
      if (error || !socket) return callback(error ?? new Error("no socket"), null);
      if (socket.remoteAddress && isAllowed(socket.remoteAddress)) return callback(null, socket);
      socket.on("error", () => {}).destroy();
      callback(addressRefused(target.hostname), null);
    });
  };
}

function createGuardedLookup(resolve: ResolveHost, isAllowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    const answer = async () => {
      const addresses = [...(await resolve(hostname))];
      if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address)))
        throw addressRefused(hostname);
      return addresses;
    };
    answer().then(
      (addresses) =>
        options.all ? callback(null, addresses) : callback(null, addresses[0]?.address ?? "", addresses[0]?.family),
      (error: NodeJS.ErrnoException) => callback(error, ""),
    );
  };
}

/** Says the name that was asked for, never the address behind it. */
function addressRefused(host: string): AppError {
  return new AppError("DOWNLOAD_REFUSED", `${host} does not lead to a public address.`, { reason: "address", host });
}
