import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { setNextConfig } from "./env";
import { readBuiltConfig } from "./read-built-config";

export interface NextPages {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The page's own WebSocket, which reloads it while it is being developed. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

/** Next in this process, for pages only. Loaded beside the database's start, because it takes as long. */
export async function loadNext({ isProduction }: { isProduction: boolean }): Promise<NextPages> {
  const config = isProduction ? readBuiltConfig(process.cwd()) : null;
  if (config) setNextConfig(config);
  const { default: createNext } = await import("next");
  const app = createNext({ dev: !isProduction, dir: process.cwd(), customServer: true });
  await app.prepare();
  return { handle: app.getRequestHandler(), upgrade: app.getUpgradeHandler() };
}
