import type { Clock } from "@/server/clock";
import { AppError, isAppError } from "@/server/errors";
import { linkSignals } from "@/server/link-signals";
import type { LogHub } from "../../../console/server/log-hub";
import { parseLogLine } from "../../../console/server/parse-log-line";
import type { RconPort } from "../../../console/server/rcon-port";
import type { LaunchHandle } from "../../../launch/server/launch-strategy";

/** A running game that can be told things. */
export interface Game {
  serverId: string;
  rcon: RconPort;
  handle: Pick<LaunchHandle, "write">;
  logHub: Pick<LogHub, "recent" | "onLine">;
  clock: Clock;
}

export interface Confirmable {
  command: string;
  /** What the game says when it has done it. */
  confirmed: RegExp;
  timeoutMs: number;
  signal: AbortSignal;
}

const refused = /Unable to save the game|Saving failed|Unknown (?:or incomplete )?command/i;

/**
 * Gives the game a command and resolves when the game itself says that it has done it: in the reply by RCON, or in its log. By
 * the console where RCON cannot be had. Rejects with NOT_QUIET (`reason`: `timeout`, `refused`), NOT_RUNNING, or the signal's reason.
 */
export async function confirmCommand(
  game: Game,
  { command, confirmed, timeoutMs, signal }: Confirmable,
): Promise<void> {
  const either = linkSignals(signal);
  // The log is read from before the command goes out: the answer may stand in it sooner than we can look.
  const { next } = await game.logHub.recent(game.serverId, 1);
  let stop = () => {};
  const byLog = new Promise<void>((resolve, reject) => {
    stop = game.logHub.onLine(game.serverId, next, ({ text }) => {
      const said = ownWords(parseLogLine(text).message);
      if (said === null) return;
      if (startsWith(confirmed, said)) resolve();
      if (startsWith(refused, said)) reject(refusal(command, said));
    });
  });
  const byReply = (async () => {
    const reply = await game.rcon
      .command(command, { timeoutMs })
      .catch((error: unknown) => fallBack(game, command, error));
    if (reply !== null && confirmed.test(reply)) return;
    if (reply !== null && refused.test(reply)) throw refusal(command, reply);
    return byLog;
  })();
  const tooLate = game.clock.sleep(timeoutMs, either.signal).then(() => {
    throw new AppError("NOT_QUIET", `The game did not confirm "${command}" within ${Math.round(timeoutMs / 1000)} s.`, {
      command,
      reason: "timeout",
    });
  });
  try {
    await Promise.race([byLog, byReply, tooLate]);
  } finally {
    stop();
    either.abort();
    either.release();
    for (const loser of [byLog, byReply, tooLate]) loser.catch(() => {});
  }
}

/** Without RCON the console takes it, and the answer is in the log. Null: no reply, look there. */
async function fallBack({ handle }: Game, command: string, error: unknown): Promise<null> {
  const codes = ["RCON_UNREACHABLE", "RCON_AUTH_FAILED", "SERVER_BUSY"];
  if (!isAppError(error)) throw error;
  if (codes.includes(error.code)) await handle.write(command);
  return null;
}

/**
 * What the game itself says in a line, also when it tells the operators what one of them did (`[Rcon: Saved the game]`). Null for
 * what a player said, which begins with `<name>`, `[name]` or `* name` and could be anything.
 */
function ownWords(message: string): string | null {
  const plain = message.replace(/§./g, "").trim();
  return /^\[[^\]:<>]{1,40}: (.*)\]$/.exec(plain)?.[1] ?? (/^[<[*]/.test(plain) ? null : plain);
}

/** Whether a line of the log is the game's own word for it. */
export function saysItself(line: string, pattern: RegExp): boolean {
  const said = ownWords(parseLogLine(line).message);
  return said !== null && startsWith(pattern, said);
}

function startsWith(pattern: RegExp, text: string): boolean {
  return text.search(pattern) === 0;
}

function refusal(command: string, said: string): AppError {
  const sentence = said.replace(/§./g, "").slice(0, 300);
  return new AppError("NOT_QUIET", `The game refused "${command}": ${sentence}`, {
    command,
    reason: "refused",
    said: sentence,
  });
}
