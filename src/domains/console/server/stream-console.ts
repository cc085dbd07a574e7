import type { Ctx } from "@/server/context";
import { reachServer } from "../../servers/server/policy";
import type { ConsoleEvent, LogLine } from "../contract";
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
 * Lines as they are written, each once, none missing: the last 100 first, or all from `lastEventId` on. Each event's id is
 * where the log goes on after it.
 */
export async function* streamConsole(
  ctx: Ctx,
  input: { serverId: string; lastEventId?: string },
  signal: AbortSignal,
): AsyncGenerator<{ id: string; event: ConsoleEvent }> {
  const record = await reachServer(ctx, input.serverId, "servers.view");
  let from = input.lastEventId;
  if (from === undefined) {
    const recent = await ctx.logHub.recent(record.id, firstLines);
    from = recent.next;
    yield { id: from, event: linesEvent(toLogLines(recent.lines, ctx.clock.now())) };
  }
  for await (const batch of ctx.logHub.subscribe(record.id, from, signal)) {
    if ("gap" in batch) {
      yield { id: from, event: { kind: "gap" } };
      continue;
    }
    from = batch.next;
    const lines = toLogLines(batch.lines, ctx.clock.now());
    if (lines.length > 0) yield { id: from, event: linesEvent(lines) };
  }
}
