import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Services } from "@/server/context";
import { settleMerge } from "./merge-tree";

/** At boot: extractions that a crash cut off while they were moved in are taken back, before their folders are cleared. */
export async function settleExtractions({ dataDir, log }: Pick<Services, "dataDir" | "log">): Promise<void> {
  const { paths } = dataDir;
  for (const name of await readdir(paths.extractions)) {
    await settleMerge(join(paths.extractions, name), paths.serverFolder).catch((error: unknown) => {
      log.error({ err: error, extraction: name }, "an extraction that was cut off could not be taken back");
    });
  }
}
