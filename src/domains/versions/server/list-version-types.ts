import type { Database } from "@/server/db/connect";
import { availableServerTypes, type VersionType } from "../contract";
import { countVersions, listSources } from "./repository";
import type { VersionSource } from "./version-source";

/** The types that can be created, each with how its source is doing. */
export async function listVersionTypes(ctx: {
  db: Database;
  sources: readonly Pick<VersionSource, "type">[];
}): Promise<VersionType[]> {
  const [states, counts] = await Promise.all([listSources(ctx.db), countVersions(ctx.db)]);
  return availableServerTypes.map((type) => {
    if (!ctx.sources.some((source) => source.type === type)) return { type, sourceState: null };
    const state = states.find((row) => row.type === type);
    return {
      type,
      sourceState: {
        lastSuccessAt: state?.lastSuccessAt?.toISOString() ?? null,
        lastAttemptAt: state?.lastAttemptAt?.toISOString() ?? null,
        lastError: state?.lastError ?? null,
        count: counts.get(type) ?? 0,
      },
    };
  });
}
