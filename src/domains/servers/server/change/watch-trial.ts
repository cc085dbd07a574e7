import type { Ctx } from "@/server/context";
import type { PutBackReason } from "../../change-contract";
import type { ServerState } from "../../contract";
import { pingServer } from "../list-ping";
import { parseProperties } from "../properties-file";
import { openServerFolder } from "../server-folder";
import { addressOf, type TrackedServer } from "../tracked-server";

const lookEveryMs = 500;
const pingEveryMs = 2000;
/** One unanswered ping is a pause for breath. */
const mostUnanswered = 4;

export interface TrialOptions {
  signal: AbortSignal;
  /** It is ready: from now on it has to stay so until then. */
  onReady(healthyUntil: Date): void;
}

/**
 * Follows a server that has been launched until it has proved itself: ready in time, then without an end and answering list pings for as
 * long as is set. Resolves with what went wrong, or null.
 */
export async function watchTrial(
  ctx: Pick<Ctx, "clock" | "env" | "dataDir">,
  tracked: TrackedServer,
  { signal, onReady }: TrialOptions,
): Promise<Extract<PutBackReason, "ended" | "not_ready" | "no_answer"> | null> {
  const { clock, env } = ctx;
  const now = () => clock.now().getTime();
  const readyBy = now() + env.UPGRADE_BOOT_TIMEOUT_SECONDS * 1000;
  for (; stateOf(tracked) !== "running"; await clock.sleep(lookEveryMs, signal)) {
    if (stateOf(tracked) === "stopped" && !tracked.launching) return "ended";
    if (now() > readyBy) return "not_ready";
  }
  const healthyUntil = now() + env.UPGRADE_HEALTHY_SECONDS * 1000;
  onReady(new Date(healthyUntil));
  const isPinged = await answersPings(ctx, tracked);
  let unanswered = 0;
  let nextPing = now();
  for (let isGood = false; !isGood || now() < healthyUntil; await clock.sleep(lookEveryMs, signal)) {
    const state = stateOf(tracked);
    if (state === "stopped") return "ended";
    if (state !== "running" || !isPinged) {
      // Out of sight for a moment is no fault of the version's; for long it is not healthy either.
      isGood = state === "running";
      if (!isGood && now() > Math.max(healthyUntil, readyBy)) return "no_answer";
      continue;
    }
    if (now() < nextPing) continue;
    nextPing = now() + pingEveryMs;
    const at = { host: addressOf(tracked), port: tracked.record.port, timeoutMs: pingEveryMs };
    isGood = await pingServer(at).then(
      () => true,
      () => false,
    );
    unanswered = isGood ? 0 : unanswered + 1;
    if (unanswered >= mostUnanswered) return "no_answer";
  }
  return null;
}

/** It changes while nobody here does anything. */
function stateOf({ record }: TrackedServer): ServerState {
  return record.state;
}

/** A server that is told to hide its status answers nobody. */
async function answersPings({ dataDir }: Pick<Ctx, "dataDir">, { record }: TrackedServer): Promise<boolean> {
  const text = await openServerFolder(dataDir.paths.serverFolder(record.id), null)
    .read("server.properties")
    .catch(() => null);
  return (
    parseProperties(text ?? "")
      .get("enable-status")
      ?.toLowerCase() !== "false"
  );
}
