import type { Services } from "@/server/context";
import { punchLog } from "./punch-log";

/** Keeps every server's console log below its limit on disk; a stopped server is locked meanwhile. */
export async function boundLogs({ supervisor, consoleLogPath, log }: Services): Promise<void> {
  for (const { record, busy } of supervisor.all()) {
    const isStopped = record.state === "stopped" && !busy;
    const lock = isStopped ? supervisor.lock(record.id, "log") : null;
    try {
      await punchLog({ path: consoleLogPath(record.id), isStopped });
    } catch (error) {
      log.warn({ err: error, serverId: record.id }, "a console log could not be shortened");
    } finally {
      lock?.release();
    }
  }
}
