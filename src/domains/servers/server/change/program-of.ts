import type { ProgramFields, ServerRow } from "../table";

/** What a server runs, out of its row. */
export function programOf({ type, version, build, requiredJava, jar, program }: ServerRow): ProgramFields {
  return { type, version, build, requiredJava, jar, program };
}
