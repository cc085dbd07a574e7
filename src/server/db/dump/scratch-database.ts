import { randomBytes } from "node:crypto";
import { openPool } from "../connect";
import { quoted } from "./dump-format";

/** The same server, another database. */
export function databaseAt(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${encodeURIComponent(name)}` }).href;
}

/** Statements that concern databases as a whole, from the side of the one that every server has. */
export async function administrate(url: string, ...statements: string[]): Promise<void> {
  const sql = openPool(databaseAt(url, "postgres"), 1);
  try {
    for (const statement of statements) await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Gives an empty database on the same server to the work and removes it afterwards. */
export async function withScratchDatabase<Result>(
  url: string,
  work: (scratchUrl: string, name: string) => Promise<Result>,
): Promise<Result> {
  const name = `mcsd_scratch_${randomBytes(6).toString("hex")}`;
  await administrate(url, `create database ${quoted(name)} template template0`);
  try {
    return await work(databaseAt(url, name), name);
  } finally {
    await administrate(url, `drop database if exists ${quoted(name)} with (force)`);
  }
}
