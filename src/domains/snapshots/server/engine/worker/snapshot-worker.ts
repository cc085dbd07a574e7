import { type MessagePort, parentPort } from "node:worker_threads";
import { checkObject, checkPack, probeObjects } from "./check-object";
import { extractObject } from "./extract-object";
import { freeBuffers } from "./free-buffers";
import { listPacks } from "./list-packs";
import { hashFiles, loadFiles } from "./load-files";
import { storeFile } from "./store-file";
import { walkFolder } from "./walk-folder";
import type { Answer, Ask, JobContext, JobKind, JobReply, JobRequest } from "./worker-jobs";

type Work = { [K in JobKind]: (ask: Ask<K>, context: JobContext) => Promise<Answer<K>> | Answer<K> };

const work: Work = {
  walk: walkFolder,
  store: storeFile,
  load: loadFiles,
  hash: hashFiles,
  extract: extractObject,
  check: checkObject,
  checkPack,
  probe: probeObjects,
  list: listPacks,
};

/** Bytes are told to the other thread in portions of this size. */
const reportBytes = 1024 * 1024;

async function run<K extends JobKind>(port: MessagePort, request: JobRequest<K>): Promise<void> {
  const { id, kind, ask, cancelled } = request;
  let unreported = 0;
  const report = () => {
    if (unreported > 0) port.postMessage({ id, type: "bytes", bytes: unreported } satisfies JobReply);
    unreported = 0;
  };
  const context: JobContext = {
    checkCancelled: () => {
      if (Atomics.load(cancelled, 0) !== 0) throw new Error("cancelled");
    },
    addBytes: (bytes) => {
      unreported += bytes;
      freeBuffers(bytes);
      if (unreported >= reportBytes) report();
    },
  };
  try {
    const answer = await work[kind](ask, context);
    report();
    port.postMessage({ id, type: "done", answer } satisfies JobReply);
  } catch (error) {
    const { message, code, isDamage } = error as { message?: unknown; code?: unknown; isDamage?: unknown };
    port.postMessage({
      id,
      type: "failed",
      message: typeof message === "string" ? message : String(error),
      code: typeof code === "string" ? code : null,
      isDamage: isDamage === true,
    } satisfies JobReply);
  }
}

parentPort?.on("message", (request: JobRequest) => {
  if (parentPort) void run(parentPort, request);
});
