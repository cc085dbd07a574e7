import type { Server } from "node:http";
import { BootError } from "@/server/boot-error";
import type { Env } from "@/server/env";

/** Resolves when the server listens; a port in use or an address that is not ours becomes one clear line. */
export function listen(server: Server, { PORT, HOST }: Pick<Env, "PORT" | "HOST">): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, PORT, HOST)));
    server.listen(PORT, HOST, resolve);
  });
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === "EADDRINUSE")
    return new BootError(
      `Port ${port} is in use by another program: stop it, or set PORT to another one (PORT=${port + 1})`,
    );
  if (error.code === "EACCES")
    return new BootError(`Port ${port} may not be opened by this user: set PORT to one above 1023 (PORT=3000)`);
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new BootError(`HOST ${host} is not an address of this machine: set HOST=0.0.0.0 or HOST=127.0.0.1`);
  return error;
}
