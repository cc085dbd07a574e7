import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Ctx } from "@/server/context";
import { outlastOutage } from "@/server/db/outlast-outage";
import { isAppError } from "@/server/errors";
import type { ServerRecord } from "../../../servers/server/repository";
import { serverUid } from "../../../servers/server/server-uid";
import { uidBaseOf } from "../../../servers/server/uid-base";
import { keptOnRestore } from "../excludes";
import { freshFolder, type RestoreFacts, removeAside, replacePaths, settleReplacement } from "./replace-paths";
import { clearAside } from "./restores-repository";
import { finishRestore } from "./run-restore";

interface PutBack {
  record: ServerRecord;
  snapshotId: string;
  signal: AbortSignal;
  onProgress(bytes: number, total: number): void;
}

/**
 * A stopped server's whole folder as it was in a snapshot, and nothing kept of what is there now but its logs. Where both do not fit on
 * the disk, what is there goes first: call it again after a crash. Needs the server's lock.
 */
export async function putBackTree(ctx: Ctx, wanted: PutBack): Promise<void> {
  const { record, snapshotId } = wanted;
  const { engine, uses } = ctx.snapshots;
  const { paths } = ctx.dataDir;
  const restoreId = randomUUID();
  const aside = paths.restoreFolder(restoreId);
  const live = paths.serverFolder(record.id);
  const release = uses.hold(snapshotId);
  try {
    await mkdir(aside, { recursive: true, mode: 0o700 });
    await extract(ctx, aside, wanted).catch(async (error) => {
      if (!isAppError(error) || error.code !== "DISK_FULL") throw error;
      await makeRoom(live);
      await extract(ctx, aside, wanted);
    });
    const facts: RestoreFacts = {
      restoreId,
      serverId: record.id,
      snapshotId,
      preRestoreId: null,
      resource: "server_full",
      paths: [""],
      // It is nobody's to undo.
      undoes: restoreId,
      // The row goes back with the change that it is part of.
      runs: null,
    };
    await ctx.files.inTurn(record.id, () => replacePaths(engine, { aside, live }, facts));
    await finishRestore(ctx, facts);
  } catch (error) {
    const { tree } = await settleReplacement(aside, () => live);
    if (tree === "old") await removeAside(aside);
    throw error;
  } finally {
    release();
  }
  await removeAside(aside);
  await outlastOutage(() => clearAside(ctx.db, restoreId), ctx);
}

async function extract(ctx: Ctx, aside: string, { record, snapshotId, signal, onProgress }: PutBack): Promise<void> {
  const uid = serverUid(uidBaseOf(ctx.env), record);
  await ctx.snapshots.engine.restoreSnapshot({
    id: snapshotId,
    target: freshFolder(aside),
    ...(uid === null ? {} : { owner: { uid, gid: uid } }),
    signal,
    onProgress: ({ bytes, totalBytes }) => onProgress(bytes, totalBytes),
  });
}

async function makeRoom(live: string): Promise<void> {
  const names = await readdir(live).catch(() => []);
  for (const name of names)
    if (!keptOnRestore.includes(name)) await rm(join(live, name), { recursive: true, force: true });
}
