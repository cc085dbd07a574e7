import type postgres from "postgres";
import { isDatabaseDown } from "@/server/errors";
import { observeQuery } from "./observe-query";

type Transaction = postgres.TransactionSql;
type Work = (transaction: Transaction) => Promise<unknown>;

/**
 * Runs a transaction so that a server that dies under it does no harm. Left to itself postgres 3.4.9 (a) answers the failed
 * query with a `rollback` on the dead connection, which throws from a setImmediate and ends the process, and (b) runs
 * statements that come late on that connection outside any transaction once it is connected again. So after the
 * connection is lost, no statement goes out any more and the driver is not told that the work has ended.
 */
export async function guardedTransaction(pool: postgres.Sql, work: Work): Promise<unknown> {
  const link = new Link();
  try {
    return await pool.begin((transaction) => link.run(work, transaction));
  } finally {
    link.isOver = true;
  }
}

class Link {
  /** The driver has settled the transaction: committed, rolled back or lost. */
  isOver = false;
  #lost: unknown = null;
  #reportLoss: (error: unknown) => void = () => {};
  readonly #loss = new Promise<never>((_, reject) => {
    this.#reportLoss = reject;
  });

  constructor() {
    this.#loss.catch(() => {});
  }

  async run(work: Work, transaction: Transaction): Promise<unknown> {
    try {
      const result = await work(this.#guard(transaction));
      if (this.#lost !== null || this.isOver) await this.#neverUnlessStuck(this.#lost);
      return result;
    } catch (error) {
      if (this.#lost !== null || this.isOver) await this.#neverUnlessStuck(error);
      throw error;
    }
  }

  #guard(transaction: Transaction): Transaction {
    return new Proxy(transaction, {
      get: (target, key) => {
        if (key === "unsafe") return (...args: Parameters<Transaction["unsafe"]>) => this.#query(target, args);
        if (key === "savepoint") {
          return (work: Work) => Promise.race([target.savepoint((inner) => this.run(work, inner)), this.#loss]);
        }
        return Reflect.get(target, key);
      },
    });
  }

  #query(target: Transaction, args: Parameters<Transaction["unsafe"]>) {
    if (this.#lost !== null || this.isOver) return refused();
    return observeQuery(target.unsafe(...args), (error) => {
      if (!isDatabaseDown(error)) return;
      this.#lost = error;
      this.#reportLoss(error);
    });
  }

  /** The driver rejects the transaction when the connection closes. Should that fail to come, the work's own error ends it. */
  #neverUnlessStuck(error: unknown): Promise<never> {
    return new Promise((_, reject) => {
      setTimeout(() => !this.isOver && reject(error), 5_000).unref();
    });
  }
}

/** Looks like the driver's query as far as drizzle uses it. */
function refused() {
  const error = Object.assign(new Error("the database connection of this transaction was lost"), {
    code: "CONNECTION_CLOSED",
  });
  const rejected = Promise.reject(error);
  return Object.assign(rejected, { values: () => rejected });
}
