import { rmSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "@/server/fs/error-code";
import type { Logger } from "@/server/logger";
import { findPostmaster, type Postmaster, readPostmasterFile } from "./postmaster-file";
import { probePostmaster } from "./probe-postmaster";
import { endOrphans, isGoneWithin, stopPostmaster } from "./stop-postmaster";

const settleWithinMs = 60_000;

/**
 * Looks for a postmaster that an earlier mcsd left behind on this cluster. Resolves with it when it is healthy, current
 * (`clusterName`) and opens to our password; otherwise with null, and then nothing runs on the cluster any more: a dying
 * one has been waited out, an outdated or foreign one stopped, orphaned backends ended, a stale pid file removed.
 */
export async function adoptPostmaster(options: {
  clusterFolder: string;
  clusterName: string;
  password: string;
  log: Logger;
}): Promise<Postmaster | null> {
  const { clusterFolder, log } = options;
  const deadline = Date.now() + settleWithinMs;
  for (let found = findPostmaster(clusterFolder); found !== null; found = findPostmaster(clusterFolder)) {
    if (found.status === "stopping" && (await isGoneWithin(found.pid, deadline - Date.now()))) break;
    const verdict = await judge(found, options);
    if (verdict === "ours") return found;
    if (verdict === "not yet" && Date.now() < deadline) {
      await sleep(50);
      continue;
    }
    log.info({ pid: found.pid, verdict }, "stopping the database that an earlier run left behind");
    await stopPostmaster(found.pid);
  }
  if (readPostmasterFile(clusterFolder) === null) return null;
  await endOrphans(await realpath(clusterFolder));
  // Its pid may meanwhile belong to any other program, at which PostgreSQL would refuse to start.
  rmSync(join(clusterFolder, "postmaster.pid"), { force: true });
  return null;
}

async function judge(
  found: Postmaster,
  { clusterFolder, clusterName, password }: { clusterFolder: string; clusterName: string; password: string },
): Promise<"ours" | "not yet" | "outdated"> {
  if (found.port === 0) return "not yet";
  try {
    const answer = await probePostmaster({ port: found.port, password });
    const isSameFolder = (await realpath(answer.dataDirectory).catch(() => null)) === (await realpath(clusterFolder));
    return isSameFolder && answer.clusterName === clusterName ? "ours" : "outdated";
  } catch (error) {
    // 28P01 and 28000: it lives but does not know our password.
    return errorCode(error)?.startsWith("28") ? "outdated" : "not yet";
  }
}
