import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * A TCP port of 127.0.0.1 that nobody listens on. Taken from below the range that systems use for outgoing connections
 * (from 32768 on) and from above Minecraft's usual ports, so that the database can come back on the same port.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(27_000, 32_000);
    if (await isFree(port)) return port;
  }
  throw new Error("No free port between 27000 and 32000 on 127.0.0.1 for the embedded database");
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
