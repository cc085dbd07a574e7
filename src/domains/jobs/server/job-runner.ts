import { randomUUID } from "node:crypto";
import type { Actor } from "@/server/auth/actor";
import type { Clock } from "@/server/clock";
import type { Database, Transaction } from "@/server/db/connect";
import { AppError, isAppError, isDatabaseDown, toErrorBody } from "@/server/errors";
import type { EventBus } from "@/server/event-bus";
import type { Logger } from "@/server/logger";
import type { Job, JobKind, JobStatus } from "../contract";
import { closeOperation, insertOperation, reopenOperation, saveProgress, toJob } from "./repository";
import type { OperationRow } from "./table";

export interface JobSpec {
  kind: JobKind;
  serverId: string | null;
  ownerId: string | null;
  subject: string;
  isCancellable?: boolean;
  /** What is needed to settle it after a crash. */
  data?: Readonly<Record<string, string>>;
}

/** What the work itself sees of its job. */
export interface JobControl {
  readonly id: string;
  readonly signal: AbortSignal;
  step(name: string): void;
  progress(done: number, total: number | null, unit: "bytes" | "files"): void;
  /** The last lines of a program that it runs; they are gone with the step. */
  output(lines: readonly string[]): void;
  /** From here on the job cannot be cancelled: its commit point is next. */
  seal(): void;
}

export interface JobRunner {
  /** Writes the row inside the caller's transaction: the intent stands before the first effect. */
  open(tx: Transaction, actor: Actor, spec: JobSpec): Promise<OperationRow>;
  /** A job that mcsd's end cut off and that is taken up again, as if it had not ended. Null when it is not there. */
  reopen(jobId: string): Promise<OperationRow | null>;
  /** Runs the work after the commit and closes the row with how it ended. Rejects with the work's own error. */
  run<Result>(row: OperationRow, work: (job: JobControl) => Promise<Result>): Promise<Result>;
  /** The job as it is now, if it runs in this process. */
  live(jobId: string): Job | null;
  /** False when it is not running here or cannot be cancelled any more. */
  cancel(jobId: string): boolean;
  /** Jobs of a server that run here are from now on its new owner's. */
  handOver(serverId: string, ownerId: string): void;
  /** Breaks off those of the meant jobs that can be broken off; resolves when they have ended or the time is over. */
  drain(timeoutMs: number, isMeant?: (kind: JobKind) => boolean): Promise<void>;
  /** Resolves true when all jobs that are meant have ended by themselves, false when the time is over. */
  settle(timeoutMs: number, isMeant: (kind: JobKind) => boolean): Promise<boolean>;
}

interface Deps {
  db: Database;
  clock: Clock;
  log: Logger;
  events: EventBus;
}

interface Running {
  row: OperationRow;
  output: readonly string[];
  abort: AbortController;
  ended: Promise<void>;
}

const publishEveryMs = 200;
const saveEveryMs = 1000;

export function createJobRunner({ db, clock, log, events }: Deps): JobRunner {
  const running = new Map<string, Running>();

  const publish = (row: OperationRow, output: readonly string[] = []) =>
    events.publish({ ownerId: row.ownerId, event: { kind: "job", job: withOutput(toJob(row), output) } });

  const control = (entry: Running): JobControl => {
    let publishedAt = 0;
    let savedAt = 0;
    const changed = (force: boolean) => {
      const now = clock.now().getTime();
      if (force || now - publishedAt >= publishEveryMs) {
        publishedAt = now;
        publish(entry.row, entry.output);
      }
      if (force || now - savedAt >= saveEveryMs) {
        savedAt = now;
        void saveProgress(db, entry.row).catch((error) =>
          log.warn({ err: error, jobId: entry.row.id }, "progress not saved"),
        );
      }
    };
    return {
      id: entry.row.id,
      signal: entry.abort.signal,
      step(name) {
        entry.abort.signal.throwIfAborted();
        Object.assign(entry.row, { step: name, done: null, total: null, unit: null });
        entry.output = [];
        changed(true);
      },
      progress(done, total, unit) {
        Object.assign(entry.row, { done, total, unit });
        changed(false);
      },
      output(lines) {
        entry.output = lines;
        changed(false);
      },
      seal() {
        entry.abort.signal.throwIfAborted();
        entry.row.isCancellable = false;
        changed(true);
      },
    };
  };

  const close = async (row: OperationRow, status: JobStatus, thrown: unknown) => {
    const body = thrown === undefined ? null : toErrorBody(thrown, row.id);
    Object.assign(row, {
      status,
      isCancellable: false,
      finishedAt: clock.now(),
      error: body && { code: body.code, message: body.message, details: body.details },
    });
    if (thrown !== undefined && !isAppError(thrown))
      log.error({ err: thrown, jobId: row.id, kind: row.kind }, "job failed");
    publish(row);
    for (let attempt = 0; ; attempt++) {
      try {
        return await closeOperation(db, row);
      } catch (error) {
        // An outage is waited out, however long: until then the job is not over for anybody who asks.
        if (!isDatabaseDown(error)) return log.error({ err: error, jobId: row.id }, "the end of a job was not saved");
        await clock.sleep(Math.min(5000, 250 * 2 ** attempt));
      }
    }
  };

  return {
    open: (tx, actor, spec) =>
      insertOperation(tx, {
        id: randomUUID(),
        kind: spec.kind,
        status: "running",
        serverId: spec.serverId,
        ownerId: spec.ownerId,
        subject: spec.subject,
        isCancellable: spec.isCancellable ?? false,
        data: spec.data,
        startedBy: actor.kind === "system" ? actor.name : actor.username,
        startedAt: clock.now(),
      }),

    reopen: (jobId) => reopenOperation(db, jobId),

    async run(row, work) {
      let ended = () => {};
      const entry: Running = {
        row,
        output: [],
        abort: new AbortController(),
        ended: new Promise((resolve) => {
          ended = resolve;
        }),
      };
      running.set(row.id, entry);
      publish(row);
      try {
        const result = await work(control(entry));
        await close(row, "succeeded", undefined);
        return result;
      } catch (error) {
        await close(row, statusAfter(entry.abort.signal), error);
        throw error;
      } finally {
        running.delete(row.id);
        ended();
      }
    },

    live: (jobId) => {
      const entry = running.get(jobId);
      if (!entry) return null;
      // What has ended tells the same here as when it is read from the database a moment later.
      return withOutput(toJob(entry.row), entry.row.status === "running" ? entry.output : []);
    },

    cancel(jobId) {
      const entry = running.get(jobId);
      if (!entry?.row.isCancellable) return false;
      entry.abort.abort(new AppError("JOB_CANCELLED", "The job was cancelled. What it had begun is undone."));
      return true;
    },

    handOver(serverId, ownerId) {
      for (const { row } of running.values()) if (row.serverId === serverId) row.ownerId = ownerId;
    },

    async drain(timeoutMs, isMeant = () => true) {
      const reason = new AppError("SHUTTING_DOWN", "mcsd closed while this ran. What it had begun is undone.");
      const meant = [...running.values()].filter(({ row }) => isMeant(row.kind));
      for (const { row, abort } of meant) if (row.isCancellable) abort.abort(reason);
      await Promise.race([Promise.all(meant.map((entry) => entry.ended)), clock.sleep(timeoutMs)]);
    },

    async settle(timeoutMs, isMeant) {
      const meant = [...running.values()].filter(({ row }) => isMeant(row.kind));
      const timer = new AbortController();
      const all = Promise.all(meant.map((entry) => entry.ended)).then(() => true);
      const isOver = clock.sleep(timeoutMs, timer.signal).then(
        () => false,
        () => true,
      );
      return Promise.race([all, isOver]).finally(() => timer.abort());
    },
  };
}

function withOutput(job: Job, output: readonly string[]): Job {
  return output.length === 0 ? job : { ...job, output: [...output] };
}

function statusAfter({ aborted, reason }: AbortSignal): JobStatus {
  if (!aborted) return "failed";
  return isAppError(reason) && reason.code === "SHUTTING_DOWN" ? "interrupted" : "cancelled";
}
