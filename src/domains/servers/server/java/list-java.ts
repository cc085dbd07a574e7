import type { Ctx } from "@/server/context";
import type { JavaInstallation } from "../../../java/contract";
import { listServerRecords, type ServerRecord } from "../repository";

/** A Java of this machine, and whose it is. */
export interface ListedJava extends JavaInstallation {
  /** mcsd has fetched it itself, and can remove it. */
  isOwn: boolean;
  /** How many servers run with it; null for those who may not look at the system. */
  servers: number | null;
}

/** Every Java that was found, most preferred first. `isFresh`: looks again. */
export async function listJava(ctx: Ctx, input: { isFresh?: boolean } = {}): Promise<ListedJava[]> {
  const { installations } = await (input.isFresh ? ctx.java.rescan() : ctx.java.list());
  const { actor } = ctx;
  const maySee = actor.kind === "system" || actor.permissions.has("system.view_settings");
  const records = maySee ? await listServerRecords(ctx.db, null) : null;
  return installations.map((found) => {
    // Of several with one major the first is the one that is used.
    const isUsed = installations.find(({ major }) => major === found.major) === found;
    const users = records?.filter((record) => isUsed && usesJava(record, found.major)) ?? null;
    return { ...found, isOwn: found.source === "data", servers: users?.length ?? null };
  });
}

/** Containers bring their own. */
export function usesJava({ launchKind, javaMajor, requiredJava }: ServerRecord, major: number): boolean {
  return launchKind === "host" && (javaMajor ?? requiredJava) === major;
}
