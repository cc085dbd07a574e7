import type { Database } from "@/server/db/connect";
import { requiredJava } from "../../java/server/required-java";
import { listRowsOfVersions } from "./repository";

/** Tells the Java major of each of these Minecraft versions. */
export type KnownJava = (versions: readonly string[]) => Promise<(version: string) => number>;

/** What Mojang itself says of the version, once its file has been read; until then, and for versions it does not list, a table. */
export function createKnownJava(db: Database): KnownJava {
  return async (versions) => {
    const rows = await listRowsOfVersions(db, "vanilla", versions);
    const known = new Map(rows.map((row) => [row.version, row.javaMajor]));
    return (version) => requiredJava(version, known.get(version));
  };
}
