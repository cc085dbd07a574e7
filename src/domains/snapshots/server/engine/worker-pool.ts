import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Answer, Ask, JobKind, JobReply, JobRequest } from "./worker/worker-jobs";

/** Threads that read, hash, compress and write, so that the event loop never waits for a disk or a core. */
export interface WorkerPool {
  readonly size: number;
  /** Rejects with the signal's reason when cancelled; a failure in the thread keeps its `code` and `isDamage`. */
  run<K extends JobKind>(kind: K, ask: Ask<K>, options?: JobOptions): Promise<Answer<K>>;
  close(): Promise<void>;
}

export interface JobOptions {
  signal?: AbortSignal;
  onBytes?(bytes: number): void;
}

interface PendingJob {
  request: JobRequest;
  onBytes?(bytes: number): void;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

interface Thread {
  worker: Worker;
  job: PendingJob | null;
}

const idleMs = 20_000;

/** @param workerFile the bundled `worker/snapshot-worker.ts`. Threads start with the first job and end when idle. */
export function startWorkerPool(workerFile: string | URL, size = defaultSize()): WorkerPool {
  const threads = new Set<Thread>();
  const waiting: PendingJob[] = [];
  let lastId = 0;
  let idleTimer: NodeJS.Timeout | null = null;

  const startThread = () => {
    const worker = new Worker(workerFile, { name: "snapshots", resourceLimits: { maxOldGenerationSizeMb: 512 } });
    const thread: Thread = { worker, job: null };
    threads.add(thread);
    worker.on("message", (reply: JobReply) => onReply(thread, reply));
    worker.on("error", (error) => drop(thread, error));
    worker.on("exit", () => drop(thread, new Error("A thread of the snapshots ended in the middle of its work.")));
    worker.unref();
    return thread;
  };
  const drop = (thread: Thread, error: unknown) => {
    if (!threads.delete(thread)) return;
    thread.job?.reject(error);
    thread.job = null;
    next();
  };
  const onReply = (thread: Thread, reply: JobReply) => {
    const { job } = thread;
    if (job === null || job.request.id !== reply.id) return;
    if (reply.type === "bytes") return tell(job, reply.bytes);
    thread.job = null;
    thread.worker.unref();
    if (reply.type === "done") job.resolve(reply.answer);
    else job.reject(toError(reply));
    next();
  };
  const next = () => {
    while (waiting.length > 0) {
      const free = [...threads].find(({ job }) => job === null) ?? (threads.size < size ? startThread() : null);
      if (free === null) return;
      const job = waiting.shift();
      if (job === undefined) return;
      free.job = job;
      // A running job keeps the process alive, an idle thread does not.
      free.worker.ref();
      free.worker.postMessage(job.request);
    }
    restIfIdle();
  };
  const restIfIdle = () => {
    if (idleTimer) clearTimeout(idleTimer);
    if ([...threads].some(({ job }) => job !== null)) return;
    idleTimer = setTimeout(() => void endThreads(), idleMs);
    idleTimer.unref();
  };
  const endThreads = async () => {
    const ending = [...threads];
    for (const thread of ending) threads.delete(thread);
    for (const { job } of ending) job?.reject(new Error("The snapshots are being shut down."));
    await Promise.all(ending.map(({ worker }) => worker.terminate()));
  };

  return {
    size,
    run: (kind, ask, { signal, onBytes } = {}) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const cancelled = new Int32Array(new SharedArrayBuffer(4));
        const onAbort = () => {
          Atomics.store(cancelled, 0, 1);
          const index = waiting.indexOf(job);
          if (index >= 0) {
            waiting.splice(index, 1);
            job.reject(signal?.reason);
          }
        };
        const settle = () => signal?.removeEventListener("abort", onAbort);
        const job: PendingJob = {
          request: { id: ++lastId, kind, ask, cancelled },
          onBytes,
          resolve: (answer) => {
            settle();
            // The thread answers a question of this kind with its answer: worker-jobs.ts binds both.
            resolve(answer as Answer<typeof kind>);
          },
          reject: (error) => {
            settle();
            reject(signal?.aborted ? signal.reason : error);
          },
        };
        signal?.addEventListener("abort", onAbort, { once: true });
        waiting.push(job);
        next();
      }),
    close: async () => {
      for (const job of waiting.splice(0)) job.reject(new Error("The snapshots are being shut down."));
      if (idleTimer) clearTimeout(idleTimer);
      await endThreads();
    },
  };
}

/** A listener that throws ends the job that it listens to, not the process. */
function tell(job: PendingJob, bytes: number): void {
  try {
    job.onBytes?.(bytes);
  } catch (error) {
    Atomics.store(job.request.cancelled, 0, 1);
    job.reject(error);
  }
}

/** Two even on one core: while one thread waits for the disk, the other computes. More than four only cost memory. */
function defaultSize(): number {
  return Math.min(4, Math.max(2, availableParallelism()));
}

function toError({ message, code, isDamage }: Extract<JobReply, { type: "failed" }>): Error {
  return Object.assign(new Error(message), { ...(code ? { code } : {}), isDamage });
}
