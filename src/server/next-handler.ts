import type { IncomingMessage, ServerResponse } from "node:http";

type NextHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Next in this process, for pages only. Loaded beside the database's start, because it takes as long. */
export async function loadNext({ isProduction }: { isProduction: boolean }): Promise<NextHandler> {
  const { default: createNext } = await import("next");
  const app = createNext({ dev: !isProduction, dir: process.cwd(), customServer: true });
  await app.prepare();
  return app.getRequestHandler();
}
