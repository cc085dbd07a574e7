import { type ParsedLogLine, parseLogLine } from "../../console/server/parse-log-line";
import type { ExitInfo } from "../../launch/contract";
import type { ExitCause, ExitParams } from "../exit-cause";
import { explainCrashReport } from "./explain-exit-report";
import { type FailureSign, failureSigns } from "./failure-signs";

export interface ExitExplanation {
  cause: ExitCause;
  params: ExitParams;
  /** The lines that show it, as the server wrote them, cut to a readable length. */
  evidence: string[];
}

type Line = ParsedLogLine & { text: string };

const maxEvidence = 6;
const maxEvidenceChars = 500;
const signalOfCode: Readonly<Record<number, string>> = {
  129: "SIGHUP",
  130: "SIGINT",
  134: "SIGABRT",
  137: "SIGKILL",
  139: "SIGSEGV",
  143: "SIGTERM",
};
/** Signals that come from outside; the others are the JVM's own end. */
const outsideSignals = new Set(["SIGHUP", "SIGINT", "SIGTERM", "SIGKILL"]);
const stopCommand = /^(?:\[([^\]:]{1,40}): )?Stopping the server\]?$/;
const gamePort = /^Starting Minecraft server on .*:(\d{1,5})$/;

/**
 * Works out why a process ended. Exit codes alone say little (vanilla ends with 0 without an EULA and on a locked world),
 * so known lines decide first; what a player can write never counts.
 * @param input.lines the last lines of this launch only
 * @param input.crashReport text of a report that this launch wrote
 */
export function explainExit(input: {
  exit: ExitInfo;
  lines: readonly string[];
  crashReport: string | null;
  phase: "starting" | "running" | "stopping";
  stopAsked: boolean;
}): ExitExplanation {
  const { exit, stopAsked, phase } = input;
  const lines = input.lines.map((text) => ({ text, ...parseLogLine(text) }));
  const signal = exit.signal ?? signalOfCode[exit.code ?? 0] ?? null;
  const isOutside = signal !== null && outsideSignals.has(signal);

  if (stopAsked && (exit.code === 0 || isOutside)) return explained("stopped_by_command", {}, []);
  if (exit.outOfMemory && (exit.code === null || isOutside)) return explained("out_of_memory_host", {}, []);
  if (exit.withEngine) return explained("engine_ended", {}, []);
  if (isOutside) return explained("killed", { signal }, []);
  const stopLine = lines.find((line) => stopCommand.test(line.message));
  if (exit.code === 0 && stopLine) return stoppedFromOutside(stopLine);

  const found = findSign(lines, exit.code !== 0);
  if (found === null || found.cause === "crash_report") {
    const crash = explainCrash(input.crashReport, found);
    if (crash) return crash;
  }
  if (found) return found;
  if (exit.outOfMemory) return explained("out_of_memory_heap", {}, []);
  if (signal !== null) return explained("killed", { signal }, lastWords(lines));
  if (stopAsked) return explained("stopped_by_command", exit.code === null ? {} : { code: exit.code }, []);
  if (stopLine && exit.code === null) return stoppedFromOutside(stopLine);
  // A start that ends by itself is no one's stop, whatever its code.
  if (exit.code === 0 && phase !== "starting") return explained("stopped_from_outside", {}, []);
  return explained("unknown", exit.code === null ? {} : { code: exit.code }, lastWords(lines));
}

function findSign(lines: readonly Line[], takesWeak: boolean): ExitExplanation | null {
  for (const sign of failureSigns) {
    if (sign.isWeak && !takesWeak) continue;
    if (sign.unless && lines.some((line) => sign.unless?.test(line.message))) continue;
    const match = firstMatch(sign, lines);
    if (match === null) continue;
    const params = { ...sign.params?.(match), ...(sign.cause === "port_taken" ? portOf(lines) : {}) };
    const alike = failureSigns.filter((other) => other.cause === sign.cause);
    const evidence = lines.filter((line) => alike.some((other) => matchOf(other, line) !== null));
    return explained(sign.cause, params, evidence);
  }
  return null;
}

function firstMatch(sign: FailureSign, lines: readonly Line[]): RegExpExecArray | null {
  for (const line of lines) {
    const match = matchOf(sign, line);
    if (match !== null) return match;
  }
  return null;
}

function matchOf(sign: FailureSign, line: Line): RegExpExecArray | null {
  if (sign.where === "message") return sign.pattern.exec(line.message);
  return line.timeOfDay === null ? sign.pattern.exec(line.message.trimStart()) : null;
}

function explainCrash(report: string | null, found: ExitExplanation | null): ExitExplanation | null {
  if (report === null) return null;
  const { cause, params } = explainCrashReport(report);
  return { cause, params: { ...found?.params, ...params }, evidence: found?.evidence ?? [] };
}

function portOf(lines: readonly Line[]): ExitParams {
  for (const line of lines) {
    const port = gamePort.exec(line.message)?.[1];
    if (port !== undefined) return { port: Number(port) };
  }
  return {};
}

function stoppedFromOutside(line: Line): ExitExplanation {
  const by = stopCommand.exec(line.message)?.[1];
  return explained("stopped_from_outside", by === undefined ? {} : { by }, [line]);
}

/** The last complaints, or simply the last lines, of a process that ended without a known sign. */
function lastWords(lines: readonly Line[]): Line[] {
  const complaints = lines.filter((line) => line.level === "error" || line.level === "fatal");
  return (complaints.length > 0 ? complaints : lines).slice(-maxEvidence);
}

function explained(cause: ExitCause, params: ExitParams, evidence: readonly Line[]): ExitExplanation {
  return {
    cause,
    params,
    evidence: evidence.slice(0, maxEvidence).map((line) => line.text.slice(0, maxEvidenceChars)),
  };
}
