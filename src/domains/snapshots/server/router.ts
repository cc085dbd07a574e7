import { finish } from "@/server/trpc/finish";
import { can, router } from "@/server/trpc/procedures";
import {
  browseSnapshotInputSchema,
  compareSnapshotInputSchema,
  createSnapshotInputSchema,
  diffFileInputSchema,
  listSnapshotsInputSchema,
  pinSnapshotInputSchema,
  previewScheduleInputSchema,
  regionsInputSchema,
  restoreFilesInputSchema,
  restoreSnapshotInputSchema,
  scheduleInputSchema,
  setScheduleInputSchema,
  snapshotIdInputSchema,
  undoRestoreInputSchema,
  usageInputSchema,
  verifySnapshotInputSchema,
} from "../contract";
import { createSnapshot } from "./create-snapshot";
import { deleteSnapshot } from "./delete-snapshot";
import { browseSnapshot, listRegions } from "./inspect/browse-snapshot";
import { compareSnapshot } from "./inspect/compare-snapshot";
import { diffFile } from "./inspect/diff-file";
import { readUsage } from "./inspect/read-usage";
import { getSnapshot, listSnapshots } from "./list-snapshots";
import { pinSnapshot } from "./pin-snapshot";
import { restoreFiles } from "./restore/restore-files";
import { restoreSnapshot, undoRestore } from "./restore/restore-snapshot";
import { previewSchedule, readSchedule } from "./schedule/read-schedule";
import { setSchedule } from "./schedule/set-schedule";
import { verifySnapshot } from "./verify-snapshot";

export const snapshotsRouter = router({
  list: can("backups.view")
    .input(listSnapshotsInputSchema)
    .query(({ ctx, input }) => listSnapshots(ctx.verb, input)),
  get: can("backups.view")
    .input(snapshotIdInputSchema)
    .query(({ ctx, input }) => getSnapshot(ctx.verb, input)),
  usage: can("backups.view")
    .input(usageInputSchema)
    .query(({ ctx, input }) => readUsage(ctx.verb, input)),
  browse: can("backups.view")
    .input(browseSnapshotInputSchema)
    .query(({ ctx, input }) => browseSnapshot(ctx.verb, input)),
  regions: can("backups.view")
    .input(regionsInputSchema)
    .query(({ ctx, input }) => listRegions(ctx.verb, input)),
  compare: can("backups.view")
    .input(compareSnapshotInputSchema)
    .query(({ ctx, input }) => compareSnapshot(ctx.verb, input)),
  diffFile: can("backups.view")
    .input(diffFileInputSchema)
    .query(({ ctx, input }) => diffFile(ctx.verb, input)),
  /** The snapshot in the making with its job; with `wait` the whole one. */
  create: can("backups.create")
    .input(createSnapshotInputSchema)
    .mutation(async ({ ctx, input }) => {
      const { snapshot, jobId, done } = await createSnapshot(ctx.verb, input);
      if (input.wait) return { ...(await done), jobId };
      done.catch(() => {});
      return { ...snapshot, jobId };
    }),
  pin: can("backups.create")
    .input(pinSnapshotInputSchema)
    .mutation(({ ctx, input }) => pinSnapshot(ctx.verb, input)),
  verify: can("backups.create")
    .input(verifySnapshotInputSchema)
    .mutation(async ({ ctx, input }) => finish(await verifySnapshot(ctx.verb, input), input.wait)),
  undoRestore: can("backups.restore")
    .input(undoRestoreInputSchema)
    .mutation(async ({ ctx, input }) => finish(await undoRestore(ctx.verb, input), input.wait)),
  restore: can("backups.restore")
    .input(restoreSnapshotInputSchema)
    .mutation(async ({ ctx, input }) => finish(await restoreSnapshot(ctx.verb, input), input.wait)),
  restoreFiles: can("backups.restore")
    .input(restoreFilesInputSchema)
    .mutation(async ({ ctx, input }) => finish(await restoreFiles(ctx.verb, input), input.wait)),
  getSchedule: can("backups.view")
    .input(scheduleInputSchema)
    .query(({ ctx, input }) => readSchedule(ctx.verb, input)),
  /** When a schedule would come due that is not saved yet. */
  previewSchedule: can("backups.view")
    .input(previewScheduleInputSchema)
    .query(({ ctx, input }) => previewSchedule(ctx.verb, input)),
  setSchedule: can("backups.schedule")
    .input(setScheduleInputSchema)
    .mutation(({ ctx, input }) => setSchedule(ctx.verb, input)),
  delete: can("backups.delete")
    .input(snapshotIdInputSchema)
    .mutation(({ ctx, input }) => deleteSnapshot(ctx.verb, input)),
});
