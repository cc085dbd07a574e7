import { setTimeout as sleep } from "node:timers/promises";
import { BootError } from "@/server/boot-error";
import { isDatabaseDown } from "@/server/errors";
import { errorCode } from "@/server/fs/error-code";
import { openPool } from "./connect";

/** Resolves when the database answers a query. Rejects with a BootError after `waitMs`, or at once when waiting cannot help. */
export async function waitForDatabase(url: string, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const sql = openPool(url, 1);
    try {
      await sql`select 1`;
      return;
    } catch (error) {
      if (!isDatabaseDown(error) || Date.now() >= deadline) throw explain(url, error);
    } finally {
      await sql.end({ timeout: 1 });
    }
    await sleep(Math.min(200, Math.max(0, deadline - Date.now())));
  }
}

function explain(url: string, error: unknown): BootError {
  const { host, username, pathname } = new URL(url);
  const code = errorCode(error) ?? String(error);
  const text = code.startsWith("28")
    ? `The database at ${host} refuses the user ${decodeURIComponent(username)}: correct the user or the password in DATABASE_URL`
    : code === "3D000"
      ? `The database at ${host} has no database named ${decodeURIComponent(pathname.slice(1))}: create it (createdb), or correct DATABASE_URL`
      : `The database at ${host} does not answer (${code}): start it, or correct DATABASE_URL`;
  return new BootError(text, { cause: error });
}
