import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Proxy {
  readonly url: string;
  /** Breaks every connection, as a network does; new ones work at once. */
  cut(): void;
  close(): Promise<void>;
}

/** A TCP connection in between that a test can break. */
export async function startProxy(target: string): Promise<Proxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  };
  const server = createServer((inner) => {
    const outer = connect(Number(port), hostname);
    keep(inner);
    keep(outer);
    inner.pipe(outer).pipe(inner);
    inner.once("close", () => outer.destroy());
    outer.once("close", () => inner.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}
