import type postgres from "postgres";
import { isDatabaseDown } from "@/server/errors";
import { errorCode } from "@/server/fs/error-code";
import type { Logger } from "@/server/logger";
import { guardedTransaction } from "./guarded-transaction";
import { observeQuery } from "./observe-query";

type Pool = postgres.Sql;

/** Failures to connect at all: they leave the pool as it was. Every other lost connection may spoil its slot. */
const harmlessCodes = new Set([
  "ECONNREFUSED",
  "ENOENT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "57P03",
  "53300",
]);

/**
 * The driver's client with its faults around a dying server kept away. postgres 3.4.9 never uses a connection slot again
 * whose server died while bytes waited to be written (every query given to it times out), so the first lost connection
 * moves all new work to a fresh pool; the old one finishes what it has. Transactions: see `guardedTransaction`.
 */
export function resilientClient(
  open: (isRetired: () => boolean) => Pool,
  log: Logger,
): { client: Pool; close(): Promise<void> } {
  /** The driver's `end` does not wait for what is queued, which would connect in turn for seconds. */
  const ended = new WeakSet<Pool>();
  const openAnother = () => {
    const opened: Pool = open(() => ended.has(opened));
    return opened;
  };
  let pool = openAnother();
  const { parsers, serializers } = pool.options;
  const retired = new Map<Pool, NodeJS.Timeout>();

  const noteFailure = (from: Pool, error: unknown) => {
    if (from !== pool || !isDatabaseDown(error) || harmlessCodes.has(errorCode(error) ?? "")) return;
    log.warn({ code: errorCode(error) }, "lost a database connection, moving to fresh ones");
    pool = openAnother();
    // drizzle has put its own readers and writers of values into the first pool's options.
    Object.assign(pool.options.parsers, parsers);
    Object.assign(pool.options.serializers, serializers);
    const isUnanswered = errorCode(error) === "CONNECT_TIMEOUT";
    retired.set(from, setTimeout(retire, isUnanswered ? 0 : 60_000, from, isUnanswered ? 1 : 5).unref());
  };
  const retire = async (old: Pool, timeout: number) => {
    clearTimeout(retired.get(old));
    retired.delete(old);
    ended.add(old);
    await old.end({ timeout });
  };

  const client = new Proxy(pool, {
    apply: (_target, _this, args) => Reflect.apply(pool, undefined, args),
    get(_target, key) {
      const from = pool;
      if (key === "unsafe")
        return (...args: Parameters<Pool["unsafe"]>) =>
          observeQuery(from.unsafe(...args), (error) => noteFailure(from, error));
      if (key === "begin")
        return (work: Work) => guardedTransaction(from, work).catch((error) => Promise.reject(noted(from, error)));
      return Reflect.get(from, key);
    },
  });
  const noted = (from: Pool, error: unknown) => {
    noteFailure(from, error);
    return error;
  };
  const close = async () => {
    await Promise.all([pool.end({ timeout: 5 }), ...[...retired.keys()].map((old) => retire(old, 5))]);
  };
  return { client, close };
}

type Work = (transaction: postgres.TransactionSql) => Promise<unknown>;
