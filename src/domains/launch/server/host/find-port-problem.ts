import { createServer } from "node:net";
import type { LaunchProblem } from "../launch-strategy";

/** Tries the TCP port on every IPv4 and every IPv6 address for a moment: the only check that sees what the server will see. */
export async function findPortProblem(port: number): Promise<LaunchProblem | null> {
  for (const host of ["0.0.0.0", "::"]) {
    const code = await tryListen(port, host);
    if (code === "EADDRINUSE") {
      return { code: "PORT_TAKEN", message: `Something else listens on port ${port} already.`, details: { port } };
    }
    if (code === "EACCES") {
      return { code: "PORT_TAKEN", message: `Port ${port} may not be opened on this machine.`, details: { port } };
    }
  }
  return null;
}

/** The error's code, or null when it can be listened on. Machines without IPv6 answer EAFNOSUPPORT or EADDRNOTAVAIL. */
function tryListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "UNKNOWN"));
    server.listen({ port, host, exclusive: true, ipv6Only: host === "::" }, () => server.close(() => resolve(null)));
  });
}
