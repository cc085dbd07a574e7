import { rm } from "node:fs/promises";
import { systemActor } from "@/server/auth/actor";
import type { Ctx, Services } from "@/server/context";
import { AppError } from "@/server/errors";
import type { JobControl } from "../../../jobs/server/job-runner";
import type { OperationRow } from "../../../jobs/server/table";
import { stagingFolder } from "../lay-out-folder";
import { causedBy } from "../policy";
import type { Resumable } from "../recover-operations";
import type { TrackedServer } from "../tracked-server";
import { type ChangeRow, deleteChange, listOpenChanges } from "./changes-repository";
import { putBack } from "./put-back";
import { finishChange, takeBack, toldOf } from "./run-change";
import { startAgain } from "./start-again";
import { followTrial } from "./try-version";

export interface OpenChanges {
  /** Servers whose change had not begun to change anything, and which are to run again. */
  resume: ReadonlyMap<string, Resumable>;
  /** Goes on with the others, each under its server's lock from the first moment; call it when servers are adopted. */
  goOn(services: Services): Promise<void>;
  /** Their servers: nothing but the change itself starts them. */
  serverIds: ReadonlySet<string>;
}

/** At boot, once operations that were cut off are settled: what was not begun is forgotten, the rest goes on. */
export async function recoverChanges({ db, dataDir }: Pick<Services, "db" | "dataDir">): Promise<OpenChanges> {
  const resume = new Map<string, Resumable>();
  const open: ChangeRow[] = [];
  for (const change of await listOpenChanges(db)) {
    const { serverId, phase, wasRunning } = change;
    await rm(stagingFolder(dataDir.paths, serverId), { recursive: true, force: true });
    if (phase !== "preparing" && phase !== "stopping") {
      open.push(change);
      continue;
    }
    await deleteChange(db, serverId);
    // The stop may have been heard or not.
    if (wasRunning) resume.set(serverId, phase === "stopping" ? "servers.restart" : "servers.start");
  }
  return {
    resume,
    serverIds: new Set(open.map(({ serverId }) => serverId)),
    async goOn(services) {
      for (const change of open) await takeUp(services, change);
    },
  };
}

async function takeUp(services: Services, change: ChangeRow): Promise<void> {
  const { serverId, operationId } = change;
  const { tracked, release } = services.supervisor.lock(serverId, "changeVersion");
  const operation = await services.jobs.reopen(operationId);
  const ctx: Ctx = { ...services, actor: systemActor("resume") };
  if (!operation) return release();
  void services.jobs
    .run(operation, (job) => goOn(ctx, job, { tracked, change, operation }))
    .catch((error) => services.log.warn({ err: error, serverId }, "a change of version that was cut off ended"))
    .finally(release);
}

async function goOn(
  ctx: Ctx,
  job: JobControl,
  { tracked, change, operation }: { tracked: TrackedServer; change: ChangeRow; operation: OperationRow },
): Promise<void> {
  const { serverId, phase } = change;
  try {
    if (phase === "restarting") {
      await startAgain(ctx, job, { tracked, isToRun: change.wasRunning });
    } else if (phase === "trial" && tracked.record.state !== "stopped") {
      try {
        await followTrial(ctx, job, tracked);
        return await finishChange(ctx, job, { tracked, change });
      } catch (error) {
        await takeBack(ctx, job, { tracked, serverId, error });
      }
    } else if (operation.kind === "servers.undoChange") {
      await putBack(ctx, job, { tracked, change });
      void ctx.supervisor.recorder.note(tracked, "change-undone", causedBy(ctx.actor), { ...toldOf(change) });
    } else {
      const error = new AppError("JOB_INTERRUPTED", "mcsd ended while the version was changed.");
      await takeBack(ctx, job, { tracked, serverId, error });
    }
  } finally {
    tracked.trial = null;
    ctx.supervisor.recorder.publish(tracked);
  }
}
