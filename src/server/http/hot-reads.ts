import type { IncomingMessage, ServerResponse } from "node:http";
import { listServers } from "@/domains/servers/server/list-servers";
import { reachOf } from "@/domains/servers/server/policy";
import { sharedSuperjson } from "@/lib/shared-superjson";
import type { Actor } from "@/server/auth/actor";
import { requirePermission } from "@/server/auth/require-permission";
import type { Services } from "@/server/context";

export interface HotReads {
  /** The kept answer for the person behind the request, or null when this is not such a request. */
  answer(request: IncomingMessage, actor: Actor): Promise<Buffer> | null;
  send(response: ServerResponse, body: Buffer): void;
}

const path = "/api/trpc/servers.list";
/** What tRPC's client sends for an input that is left out. */
const emptyInputs = new Set([
  "",
  `?input=${encodeURIComponent(JSON.stringify(sharedSuperjson.serialize(undefined)))}`,
  "?input=%7B%7D",
]);
const keptSets = 200;

/**
 * Keeps the serialised answer of `servers.list` per set of visible servers until something about a server changes: writing it
 * anew costs far more than sending it. Who asks is checked on every call like everywhere else.
 */
export function createHotReads(services: Services): HotReads {
  let version = 0;
  const kept = new Map<string, { version: number; body: Promise<Buffer> }>();
  services.events.listen(({ event }) => {
    if (event.kind === "server" || event.kind === "live" || event.kind === "removed") version++;
  });

  const write = async (actor: Actor) => {
    const servers = await listServers({ ...services, actor });
    return Buffer.from(JSON.stringify({ result: { data: sharedSuperjson.serialize(servers) } }));
  };

  return {
    answer(request, actor) {
      const url = request.url ?? "";
      if (request.method !== "GET" || !url.startsWith(path) || !emptyInputs.has(url.slice(path.length))) return null;
      requirePermission(actor, "servers.view");
      const reach = reachOf(actor);
      const set = reach ? [reach.ownerId, ...reach.serverIds].join() : "all";
      const known = kept.get(set);
      if (known?.version === version) return known.body;
      const body = write(actor);
      if (kept.size >= keptSets) kept.clear();
      kept.set(set, { version, body });
      body.catch(() => kept.delete(set));
      return body;
    },
    send(response, body) {
      response.writeHead(200, {
        "content-type": "application/json",
        "content-length": body.byteLength,
        "cache-control": "no-store",
      });
      response.end(body);
    },
  };
}
