import type { Duplex } from "node:stream";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Logger } from "@/server/logger";
import { openSocket, refusedSocket } from "./open-socket";
import { resilientClient } from "./resilient-client";
import * as schema from "./schema";

export type Database = PostgresJsDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
export type OpenDatabase = Database & {
  /** Lets running queries finish (5 s at most) and closes every connection. */
  close(): Promise<void>;
};

/**
 * A pool of connections behind drizzle. Connects with the first query, so it never rejects itself. While the database is
 * away, queries reject within 2 s with an error for which `isDatabaseDown` is true; when it is back they work again.
 *
 * @param options.max most connections at a time
 */
export function connectDatabase(url: string, options: { log: Logger; max?: number }): OpenDatabase {
  const { client, close } = resilientClient(
    (isRetired) => openPool(url, options.max ?? 10, { isRetired }),
    options.log,
  );
  return Object.assign(drizzle(client, { schema }), { close });
}

interface PoolOptions {
  /** Is handed the socket of each connection. */
  onSocket?: (socket: Duplex) => void;
  /** Once true, the pool connects no more. */
  isRetired?: () => boolean;
}

/** @param max 1 for work that must stay on one connection */
export function openPool(url: string, max: number, { onSocket, isRetired }: PoolOptions = {}): postgres.Sql {
  const settings = {
    max,
    idle_timeout: 20,
    connect_timeout: 2,
    max_lifetime: null,
    keep_alive: 30,
    backoff: () => 0,
    // Array types are drizzle's business; asking for them rejects unhandled when the server dies at that moment.
    fetch_types: false,
    onnotice: () => {},
    connection: { application_name: "mcsd", TimeZone: "UTC" },
    // Not in the driver's types (3.4.9), though documented in its README.
    socket: async (address: Parameters<typeof openSocket>[0]) => {
      const socket = isRetired?.() ? refusedSocket() : await openSocket(address);
      onSocket?.(socket);
      return socket;
    },
  };
  return postgres(url, settings);
}
