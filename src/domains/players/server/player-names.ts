import { z } from "zod";
import type { Clock } from "@/server/clock";
import type { Database } from "@/server/db/connect";
import { downloadJson } from "@/server/http/download-json";
import type { OutboundClient } from "@/server/http/guarded-fetch";
import type { Logger } from "@/server/logger";
import { offlineUuid, withDashes } from "./offline-uuid";
import { findKnownByName, rememberPlayer } from "./repository";

export type ResolvedName =
  | { kind: "found"; name: string; uuid: string }
  /** Nobody bears this name. */
  | { kind: "unknown"; name: string }
  /** It could not be looked up: `disabled` by the operator, or Mojang did not answer. */
  | { kind: "unavailable"; name: string; reason: "disabled" | "unreachable" };

/** Who bears a name. */
export interface PlayerNames {
  /**
   * One result per name, in order. `isOffline`: for a server in offline mode, where the UUID is made from the name. Never throws for what
   * others do wrong; takes at most ten seconds.
   */
  resolve(names: readonly string[], options: { isOffline: boolean }): Promise<ResolvedName[]>;
}

interface Deps {
  db: Database;
  clock: Clock;
  log: Logger;
  client: OutboundClient;
  /** Null: nobody is to be asked. */
  baseUrl: URL | null;
}

/** What Mojang takes at once. */
const atOnce = 10;
const totalMs = 10_000;
/** A name may go to somebody else after 37 days at the earliest. */
const keptMs = 30 * 86_400_000;
const answerSchema = z
  .array(z.object({ id: z.string().regex(/^[0-9a-f]{32}$/i), name: z.string().max(40) }))
  .max(atOnce);

/** Looks names up at Mojang, ten at a time, and remembers them: a name that was seen in the last 30 days is not asked for. */
export function createPlayerNames({ db, clock, log, client, baseUrl }: Deps): PlayerNames {
  const lookUp = async (names: readonly string[], signal: AbortSignal) => {
    const url = new URL(`${baseUrl?.href.replace(/\/$/, "")}/profiles/minecraft`);
    const answer = await downloadJson(client, url, {
      schema: answerSchema,
      json: JSON.stringify(names),
      allowedHosts: [url.host],
      maxBytes: 64 * 1024,
      totalMs,
      signal,
    });
    return answer === "unchanged" ? [] : answer.value;
  };

  const ask = async (names: readonly string[]): Promise<Map<string, ResolvedName>> => {
    const found = new Map<string, ResolvedName>();
    const isOver = AbortSignal.timeout(totalMs);
    for (let from = 0; from < names.length; from += atOnce) {
      const some = names.slice(from, from + atOnce);
      try {
        for (const { id, name } of await lookUp(some, isOver)) {
          const uuid = withDashes(id);
          await rememberPlayer(db, { name, uuid, seenAt: clock.now() });
          found.set(name.toLowerCase(), { kind: "found", name, uuid });
        }
        for (const name of some)
          if (!found.has(name.toLowerCase())) found.set(name.toLowerCase(), { kind: "unknown", name });
      } catch (error) {
        log.warn({ err: error }, "names of players could not be looked up");
        break;
      }
    }
    return found;
  };

  return {
    async resolve(names, { isOffline }) {
      if (isOffline) return names.map((name) => ({ kind: "found", name, uuid: offlineUuid(name) }));
      const wanted = [...new Set(names.map((name) => name.toLowerCase()))];
      const known = await findKnownByName(db, wanted);
      const oldest = clock.now().getTime() - keptMs;
      const isFresh = (name: string) => (known.get(name)?.seenAt.getTime() ?? 0) >= oldest;
      const asked = baseUrl ? await ask(wanted.filter((name) => !isFresh(name))) : new Map<string, ResolvedName>();
      return names.map((name): ResolvedName => {
        const key = name.toLowerCase();
        const answer = asked.get(key);
        if (answer) return answer.kind === "unknown" ? { ...answer, name } : answer;
        // An old answer is better than none.
        const row = known.get(key);
        if (row) return { kind: "found", name: row.name, uuid: row.uuid };
        return { kind: "unavailable", name, reason: baseUrl ? "unreachable" : "disabled" };
      });
    },
  };
}
