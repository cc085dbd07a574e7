import type { ErrorCode } from "@/lib/error-codes";
import { toStorableJson } from "@/lib/storable-text";
import type { Clock } from "@/server/clock";
import { isAppError } from "@/server/errors";
import { parseLogLine } from "../../console/server/parse-log-line";
import { readLogBack } from "../../console/server/read-log-back";
import type { ExitInfo } from "../../launch/contract";
import type { RawLogLine } from "../../launch/server/launch-strategy";
import type { EndReport, ServerState } from "../contract";
import type { ExitCause } from "../exit-cause";
import { explainExit } from "./explain-exit";
import { openServerFolder } from "./server-folder";
import type { TrackedServer } from "./tracked-server";

const evidenceLines = 200;

interface Paths {
  serverFolder: string;
  consoleLog: string;
}

/** Works out why a process ended from its exit, its last 200 lines and its newest crash report. */
export async function reportEnd(tracked: TrackedServer, exit: ExitInfo, paths: Paths): Promise<EndReport> {
  const phase = phaseOf(tracked.record.state);
  const [lines, crash] = await Promise.all([
    readLogBack({ path: paths.consoleLog, lines: evidenceLines }).catch(() => []),
    tracked.launchedAt ? openServerFolder(paths.serverFolder, null).newestCrashReport(tracked.launchedAt) : null,
  ]);
  const own = linesOfLaunch(lines, tracked.firstLine);
  const asked = tracked.asked !== null;
  const { cause, params, evidence } = explainExit({
    exit,
    lines: own,
    crashReport: crash?.text ?? null,
    phase,
    stopAsked: asked,
  });
  const isWanted =
    asked ||
    cause === "stopped_from_outside" ||
    cause === "stopped_by_command" ||
    (!exit.withEngine && (exit.signal === "SIGTERM" || exit.code === 143));
  const isCrash = !isWanted;
  return toStorableJson({
    exit,
    cause,
    params,
    evidence: evidence.slice(0, 20),
    isCrash,
    crashReport: crash?.name ?? null,
  });
}

/** The first line is known of launches of our own; of an adopted one, what the game says first has to do. */
function linesOfLaunch(lines: readonly RawLogLine[], firstLine: string | null): string[] {
  const isFirst = ({ text }: RawLogLine) => parseLogLine(text).message.startsWith("Starting minecraft server version ");
  const from = firstLine ?? lines.findLast(isFirst)?.id ?? "0";
  return lines.filter((line) => BigInt(line.id) >= BigInt(from)).map((line) => line.text);
}

function phaseOf(state: ServerState): "starting" | "running" | "stopping" {
  return state === "starting" || state === "stopping" ? state : "running";
}

const causeOfCode: Partial<Record<ErrorCode, ExitCause>> = {
  JAVA_NOT_FOUND: "java_not_found",
  JAR_MISSING: "jar_missing",
  JAR_CORRUPT: "jar_corrupt",
  PORT_TAKEN: "port_taken",
  EULA_NOT_ACCEPTED: "eula",
};

/** The same report for a start that never produced a process. */
export function reportFailedStart(error: unknown, clock: Clock): EndReport {
  const isMemory = isAppError(error) && error.details.problem === "NOT_ENOUGH_MEMORY";
  const known = isAppError(error) ? causeOfCode[error.code] : undefined;
  const cause = known ?? (isMemory ? "not_enough_memory" : "never_ran");
  const params: EndReport["params"] = {};
  if (isAppError(error)) {
    for (const [key, value] of Object.entries(error.details)) {
      if (typeof value === "string" || typeof value === "number") params[key] = value;
    }
  }
  const evidence = isAppError(error) ? [error.message] : [];
  const exit = { code: null, signal: null, outOfMemory: false, at: clock.now().toISOString() };
  return { exit, cause, params, evidence, isCrash: false, crashReport: null };
}
