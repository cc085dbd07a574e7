import { compareMinecraftVersions } from "@/lib/minecraft-version";
import type { RconPort } from "../../console/server/rcon-port";
import type { LaunchHandle } from "../../launch/server/launch-strategy";
import type { Supervisor } from "../../servers/server/supervisor";
import type { TrackedServer } from "../../servers/server/tracked-server";
import { parseForgeTps, parsePaperMspt, parsePaperTps, parseTickQuery, type TickReport } from "./tick-report";

const timeoutMs = 2000;
/** A server that does not answer is asked less and less often, at least every 32nd time: each connection is a line in its log. */
const longestPause = 32;

const unknown: TickReport = { tps: null, mspt: null };

/** Asks running servers how fast they tick, over a connection that nobody else uses. Never rejects. */
export function createTickProbe(
  supervisor: Pick<Supervisor, "probe">,
): (tracked: TrackedServer) => Promise<TickReport> {
  const silences = new WeakMap<LaunchHandle, { pause: number; left: number }>();

  return async (tracked) => {
    const { handle, record } = tracked;
    if (handle === null || record.state !== "running") return unknown;
    const silence = silences.get(handle);
    if (silence && silence.left-- > 0) return unknown;
    const report = await ask(supervisor.probe(tracked), record).catch(() => null);
    if (report === null) {
      const pause = Math.min(longestPause, (silence?.pause ?? 1) * 2);
      silences.set(handle, { pause, left: pause - 1 });
      return unknown;
    }
    silences.delete(handle);
    return report;
  };
}

/** Null: it does not know the question, or has none. */
async function ask(rcon: RconPort, { type, version }: TrackedServer["record"]): Promise<TickReport | null> {
  if (type === "paper" || type === "purpur") {
    const tps = parsePaperTps(await rcon.command("tps", { timeoutMs }));
    const mspt = parsePaperMspt(await rcon.command("mspt", { timeoutMs }));
    return tps === null && mspt === null ? null : { tps, mspt };
  }
  // What a jar of the user's own is, nobody knows.
  if (type === "custom" || compareMinecraftVersions(version, "1.20.3") >= 0)
    return parseTickQuery(await rcon.command("tick query", { timeoutMs }));
  if (type === "forge") return parseForgeTps(await rcon.command("forge tps", { timeoutMs }));
  return null;
}
