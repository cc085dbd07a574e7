import { pino } from "pino";
import type { ServerType } from "@/domains/versions/contract";
import { createFabricSource } from "@/domains/versions/server/fabric-source";
import { createForgeSource } from "@/domains/versions/server/forge-source";
import { createKnownJava } from "@/domains/versions/server/known-java";
import { listVersionTypes } from "@/domains/versions/server/list-version-types";
import { listVersions } from "@/domains/versions/server/list-versions";
import { createMojangSource } from "@/domains/versions/server/mojang-source";
import { createNeoForgeSource } from "@/domains/versions/server/neoforge-source";
import { createPaperSource } from "@/domains/versions/server/paper-source";
import { createPurpurSource } from "@/domains/versions/server/purpur-source";
import { refreshVersions } from "@/domains/versions/server/refresh-versions";
import { systemClock } from "@/server/clock";
import { createGuardedFetch } from "@/server/http/guarded-fetch";
import { createTestDatabase } from "./database";
import { startUpstreams } from "./upstream-server";

/** A file that passes for a server where nothing runs it: 8 KB and an empty zip directory. */
export const smallJar = Buffer.concat([Buffer.alloc(8192, "jar"), Buffer.from("PK\u0005\u0006"), Buffer.alloc(18)]);

/** The version cache on a database of its own, fed by upstreams of its own: those of these types. */
export async function openVersions(types: readonly ServerType[] = ["vanilla", "paper"]) {
  const database = await createTestDatabase();
  const upstreams = await startUpstreams({ jar: smallJar });
  const client = createGuardedFetch({
    userAgent: "mcsd/test (+https://github.com/mcsd/mcsd)",
    trustedBases: [new URL(upstreams.url)],
    firstByteMs: 500,
    idleMs: 500,
  });
  const knownJava = createKnownJava(database.db);
  const base = (setting: keyof typeof upstreams.env) => ({ client, baseUrl: new URL(upstreams.env[setting]) });
  const sources = [
    createMojangSource(base("MOJANG_META_URL")),
    createPaperSource(base("PAPER_API_URL")),
    createForgeSource({ ...base("FORGE_META_URL"), knownJava }),
    createFabricSource({ ...base("FABRIC_META_URL"), knownJava }),
    createNeoForgeSource({ ...base("NEOFORGE_META_URL"), knownJava }),
    createPurpurSource({ ...base("PURPUR_API_URL"), knownJava }),
  ].filter(({ type }) => types.includes(type));
  const ctx = { db: database.db, clock: systemClock, log: pino({ level: "silent" }), sources, running: new Map() };
  return {
    ctx,
    client,
    upstreams,
    refresh: (type?: ServerType, signal = new AbortController().signal) => refreshVersions(ctx, { type, signal }),
    list: (type: ServerType, version?: string) => listVersions(ctx, { type, version }),
    stateOf: async (type: ServerType) =>
      (await listVersionTypes(ctx)).find((item) => item.type === type)?.sourceState ?? null,
    async close() {
      await client.close();
      await upstreams.close();
      await database.drop();
    },
  };
}
