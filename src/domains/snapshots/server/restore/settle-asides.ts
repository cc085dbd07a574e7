import { readdir } from "node:fs/promises";
import type { Services } from "@/server/context";
import { removeAside, settleReplacement } from "./replace-paths";
import { clearAside, findRestore, listAsides } from "./restores-repository";
import { finishRestore } from "./run-restore";

type Ports = Pick<Services, "db" | "clock" | "dataDir" | "shutdown" | "log">;
const keepMs = 7 * 86_400_000;

/**
 * At boot, after the engine has settled its swaps: every restore that was cut off ends in the whole old or the whole new tree.
 * Resolves with the ids of those that stand.
 */
export async function settleAsides(ctx: Ports): Promise<ReadonlySet<string>> {
  const { paths } = ctx.dataDir;
  const standing = new Set<string>();
  for (const name of await readdir(paths.restores)) {
    const known = await findRestore(ctx.db, name);
    if (known?.isAside) standing.add(name);
    else if (known) await removeAside(paths.restoreFolder(name));
    else {
      const settled = await settleReplacement(paths.restoreFolder(name), paths.serverFolder);
      ctx.log.warn({ restoreId: name, tree: settled.tree }, "a restore was cut off and is settled");
      if (settled.tree === "old") await removeAside(paths.restoreFolder(name));
      else {
        await finishRestore(ctx, settled.facts);
        standing.add(name);
      }
    }
  }
  return standing;
}

/** Removes old trees that are not needed any more: of a server that has been ready since, or older than seven days. */
export async function removeAsides(ctx: Ports, filter: { serverId: string } | "outdated"): Promise<void> {
  const before = new Date(ctx.clock.now().getTime() - keepMs);
  for (const { id } of await listAsides(ctx.db, filter === "outdated" ? { before } : filter)) {
    await removeAside(ctx.dataDir.paths.restoreFolder(id));
    await clearAside(ctx.db, id);
  }
}
