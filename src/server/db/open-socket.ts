import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * The driver's sockets. Left to itself the driver reconnects without end, and without ever failing the query, to a server
 * that accepts and hangs up (a proxy whose database is away), so a hang-up that we did not ask for becomes an error here.
 */
export async function openSocket({
  host,
  port,
  path,
}: {
  host: string[];
  port: number[];
  path?: string;
}): Promise<Duplex> {
  const address = path ? { path } : { host: host[0] ?? "localhost", port: port[0] ?? 5432 };
  const socket = Object.assign(connect({ ...address, noDelay: true }), { host: path ? undefined : host[0] });
  try {
    await connected(socket, 2_000);
  } catch (error) {
    socket.destroy();
    return failing(error);
  }
  const lost = closedByServer(host[0] ?? path ?? "");
  socket.once("end", () => {
    if (!socket.writableEnded) socket.destroy(lost);
  });
  // Between the two events of a failing socket the driver still gives it queries, which it would never fail: it looks for some
  // when a socket closes without an error alone. Heard before the driver hears of the close.
  socket.once("close", () => socket.emit("error", lost));
  return socket;
}

async function connected(socket: Socket, withinMs: number): Promise<void> {
  const timeout = new AbortController();
  try {
    await Promise.race([
      once(socket, "connect", { signal: timeout.signal }),
      sleep(withinMs, undefined, { signal: timeout.signal, ref: false }).then(() => {
        throw Object.assign(new Error("the database does not answer"), { code: "CONNECT_TIMEOUT" });
      }),
    ]);
  } finally {
    timeout.abort();
  }
}

function closedByServer(address: string): Error {
  return Object.assign(new Error(`the database at ${address} closed the connection`), { code: "CONNECTION_CLOSED" });
}

/** For a pool that is over: what still waits in it is told so at once, instead of connecting in vain, one after the other. */
export function refusedSocket(): Duplex {
  return failing(Object.assign(new Error("the connection was given up"), { code: "CONNECTION_ENDED" }));
}

/** A connection that swallows what is written and fails a moment later: the driver takes failures only as events. */
function failing(error: unknown): Duplex {
  const stream = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  // Two turns, so that the driver's first write (from a setImmediate) is done when the connection closes under it.
  setImmediate(() => setImmediate(() => stream.destroy(error instanceof Error ? error : new Error(String(error)))));
  return stream;
}
