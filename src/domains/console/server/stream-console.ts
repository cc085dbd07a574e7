import type { Ctx } from "@/server/context";
import { reachServer } from "../../servers/server/policy";
import type { ConsoleEvent, LogLine } from "../contract";
import { readLogBack } from "./read-log-back";
import { toLogLines } from "./to-log-lines";

const firstLines = 100;

const events = new WeakMap<readonly LogLine[], ConsoleEvent>();

/** The same frozen event for the same lines, so that it is encoded once for all subscribers. */
function linesEvent(lines: readonly LogLine[]): ConsoleEvent {
  const known = events.get(lines);
  if (known) return known;
  const event: ConsoleEvent = Object.freeze({ kind: "lines", lines });
  events.set(lines, event);
  return event;
}

/**
 * Lines as they are written, each once, none missing: the last 100 first, or all after `lastEventId`. Each event's id is the
 * id of its last line.
 */
export async function* streamConsole(
  ctx: Ctx,
  input: { serverId: string; lastEventId?: string },
  signal: AbortSignal,
): AsyncGenerator<{ id: string; event: ConsoleEvent }> {
  const record = await reachServer(ctx, input.serverId, "servers.view");
  let after = input.lastEventId ?? null;
  if (after === null) {
    const recent = await readLogBack({ path: ctx.consoleLogPath(record.id), lines: firstLines });
    after = recent.at(-1)?.id ?? null;
    if (after !== null) yield { id: after, event: linesEvent(toLogLines(recent, ctx.clock.now())) };
  }
  for await (const batch of ctx.logHub.subscribe(record.id, after, signal)) {
    if ("gap" in batch) {
      yield { id: after ?? "0", event: { kind: "gap" } };
      continue;
    }
    after = batch.lines.at(-1)?.id ?? after;
    const lines = toLogLines(batch.lines, ctx.clock.now());
    if (after !== null && lines.length > 0) yield { id: after, event: linesEvent(lines) };
  }
}
