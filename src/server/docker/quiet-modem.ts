import { inspect } from "node:util";
import type Docker from "dockerode";

interface Modem {
  buildRequest(options: object, ...rest: unknown[]): void;
}

/**
 * docker-modem 5 writes every request's options out for its debug log, to any depth and also when nobody reads that log. By way of the agent's
 * sockets and the signal's listeners that is most of the program: up to a second of work per call. Here they are one word to it.
 */
export function quietModem(docker: Docker): void {
  // Private in its types, and the only place where it does that.
  const modem = docker.modem as unknown as Modem;
  const build = modem.buildRequest;
  modem.buildRequest = (options, ...rest) => {
    Object.defineProperty(options, inspect.custom, { value: () => "a request", enumerable: false });
    build.call(modem, options, ...rest);
  };
}
