import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemActor } from "@/server/auth/actor";
import { createTestDatabase, type TestDatabase } from "@/test/database";
import { createChainVerifier } from "../verify-chain";
import { pruneAudit } from "./prune-audit";
import { recordAudit } from "./record-audit";
import { listOldest, readHead } from "./repository";
import { toExported } from "./to-exported";

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase({ max: 20 });
});
afterEach(() => database.drop());

const write = (name: string, details: Record<string, unknown> = {}) =>
  recordAudit(database.db, systemActor(name), { action: "test.row", target: { kind: "test", id: name }, details });

async function writeRows(count: number): Promise<void> {
  for (let index = 0; index < count; index++) await write(`job ${index}`, { index, text: `ä "${index}" \\ 日本` });
}

/** What the verifying script does with what the export hands out. */
async function verify(): Promise<{ rows: number; fault: string | null; seq?: number }> {
  const head = await readHead(database.db);
  const rows = await listOldest(database.db, { filter: {}, after: 0, upTo: head.seq, limit: 10_000 });
  const verifier = createChainVerifier((text) => createHash("sha256").update(text).digest("hex"));
  for (const row of rows) {
    const fault = verifier.add(JSON.parse(JSON.stringify(toExported(row))));
    if (fault) return { rows: rows.length, fault: fault.sentence, seq: fault.seq };
  }
  const fault = verifier.finish({ head });
  return { rows: rows.length, fault: fault?.sentence ?? null, seq: fault?.seq };
}

/** As somebody with all rights in the database could. */
async function tamper(...statements: string[]): Promise<void> {
  const tables = ["audit_log", "audit_chain", "audit_head"];
  for (const table of tables) await database.db.execute(sql.raw(`alter table ${table} disable trigger user`));
  for (const statement of statements) await database.db.execute(sql.raw(statement));
  for (const table of tables) await database.db.execute(sql.raw(`alter table ${table} enable trigger user`));
}

describe("the chain", () => {
  it("has every row, in the order of the commits", async () => {
    await writeRows(20);
    await database.db
      .transaction(async (tx) => {
        await recordAudit(tx, null, { action: "test.undone" }, "127.0.0.1");
        throw new Error("undone");
      })
      .catch(() => {});
    expect(await verify()).toEqual({ rows: 20, fault: null, seq: undefined });
  });

  it("has no gap and no deadlock when many transactions commit at once, some with several rows, some undone", async () => {
    await database.db.execute(sql`create table counters (id int primary key, n int not null)`);
    await database.db.execute(sql`insert into counters values (1, 0), (2, 0)`);
    const work = Array.from({ length: 200 }, (_, index) =>
      database.db
        .transaction(async (tx) => {
          await recordAudit(tx, systemActor("a"), { action: "test.first", details: { index } });
          await tx.execute(sql`update counters set n = n + 1 where id = 1`);
          if (index % 10 === 0) throw new Error("undone");
          await tx.execute(sql`update counters set n = n + 1 where id = 2`);
          await recordAudit(tx, systemActor("b"), { action: "test.second", details: { index } });
        })
        .catch((error: Error) => error.message),
    );
    const ends = await Promise.all(work);
    expect(ends.filter((end) => end === "undone")).toHaveLength(20);
    expect(ends.filter((end) => typeof end === "string" && end !== "undone")).toEqual([]);
    expect(await verify()).toEqual({ rows: 360, fault: null, seq: undefined });
  });
});

describe("what was done to the rows behind mcsd's back", () => {
  beforeEach(() => writeRows(12));

  it.each([
    ["a changed actor", "update audit_log set actor_name = 'nobody' where id = 5", 5],
    ["a changed detail", `update audit_log set details = '{"index": 1}' where id = 5`, 5],
    ["a changed time", "update audit_log set at = at + interval '1 microsecond' where id = 5", 5],
    ["a changed row and what was hashed of it", changedInBoth(), 5],
    ["a removed row", "delete from audit_log where id = 7", 7],
    ["a removed row and its link", "delete from audit_log where id = 7; delete from audit_chain where seq = 7", 7],
    ["a removed tail", "delete from audit_chain where seq > 9; delete from audit_log where id > 9", 10],
    ["a removed beginning", "delete from audit_chain where seq < 4; delete from audit_log where id < 4", 3],
    ["everything removed", "delete from audit_chain; delete from audit_log", 1],
    ["a swapped pair of links", swapped(), 3],
    [
      "two rows with each other's content",
      "update audit_log set actor_name = case id when 3 then 'job 3' else 'job 2' end where id in (3, 4)",
      3,
    ],
    ["a head that was set back", headSetBack(), 9],
  ])("%s is found", async (_name, statements, seq) => {
    expect((await verify()).fault).toBeNull();
    await tamper(...statements.split("; "));
    const found = await verify();
    expect(found.fault).not.toBeNull();
    expect(found.seq).toBe(seq);
  });

  it("a chain that was written anew is found by whoever noted its end down", async () => {
    const noted = await readHead(database.db);
    await tamper(
      "update audit_log set actor_name = 'nobody' where id = 12",
      "update audit_chain set canonical = audit_canonical(l) from audit_log l where l.id = audit_id and seq = 12",
      "update audit_chain set hash = audit_hash((select hash from audit_chain where seq = 11), canonical) where seq = 12",
      "update audit_head set hash = (select hash from audit_chain where seq = 12)",
    );
    expect((await verify()).fault).toBeNull();
    const verifier = createChainVerifier((text) => createHash("sha256").update(text).digest("hex"));
    for (const row of await listOldest(database.db, { filter: {}, after: 0, upTo: 12, limit: 100 }))
      expect(verifier.add(toExported(row))).toBeNull();
    expect(verifier.finish({ noted })?.seq).toBe(12);
  });
});

it.each([
  "update audit_log set result = 'ok'",
  "delete from audit_log",
  "truncate audit_log cascade",
  "update audit_chain set hash = hash",
  "delete from audit_chain where seq = 1",
  "truncate audit_chain",
  "insert into audit_chain values (99, 99, '', '')",
  "update audit_head set seq = 0",
  "delete from audit_head",
  "insert into audit_head values (2, 0, '', 0, '')",
  "truncate audit_head",
])("refuses: %s", async (statement) => {
  await writeRows(2);
  await expect(database.db.execute(sql.raw(statement))).rejects.toMatchObject({ cause: { code: "42501" } });
  expect(await verify()).toEqual({ rows: 2, fault: null, seq: undefined });
});

describe("pruning", () => {
  const older = (days: number) => new Date(Date.now() - days * 86_400_000);
  const age = (ids: string, days: number) =>
    // Old rows: written with an old time, as they would have been.
    database.db.execute(
      sql.raw(
        `insert into audit_log (at, actor_kind, actor_name, action, result) select now() - interval '${days} days', 'system', 'old', 'test.old', 'ok' from generate_series(${ids})`,
      ),
    );

  it("removes what is old, says so, and leaves a chain that hangs on what it says", async () => {
    await age("1, 30", 40);
    await writeRows(5);
    expect(await pruneAudit({ db: database.db, olderThan: older(30), most: 12 })).toBe(30);
    const rows = await listOldest(database.db, { filter: {}, after: 0, upTo: 1000, limit: 1000 });
    expect(rows.map(({ seq }) => seq)).toEqual([31, 32, 33, 34, 35, 36, 37, 38]);
    expect(rows.filter(({ action }) => action === "audit.prune").map(({ details }) => details.upToSeq)).toEqual([
      12, 24, 30,
    ]);
    expect((await verify()).fault).toBeNull();
    expect(await pruneAudit({ db: database.db, olderThan: older(30) })).toBe(0);
    await tamper("delete from audit_chain where seq = 31", "delete from audit_log where id = 31");
    expect((await verify()).seq).toBe(31);
  });

  it("keeps a young row and all behind it, even when an old one follows", async () => {
    await age("1, 3", 40);
    await write("young");
    await age("1, 3", 40);
    expect(await pruneAudit({ db: database.db, olderThan: older(30) })).toBe(3);
    expect((await verify()).fault).toBeNull();
  });

  it("does not harm those who write meanwhile", async () => {
    await age("1, 3000", 40);
    const [removed] = await Promise.all([
      pruneAudit({ db: database.db, olderThan: older(30), most: 500 }),
      ...Array.from({ length: 100 }, (_, index) => write(`meanwhile ${index}`)),
    ]);
    expect(removed).toBe(3000);
    expect(await verify()).toMatchObject({ rows: 106, fault: null });
  });
});

function changedInBoth(): string {
  return [
    "update audit_log set actor_name = 'nobody' where id = 5",
    "update audit_chain set canonical = audit_canonical(l) from audit_log l where l.id = audit_id and seq = 5",
  ].join("; ");
}

function swapped(): string {
  return [
    "update audit_chain set seq = -3 where seq = 3",
    "update audit_chain set seq = 3 where seq = 4",
    "update audit_chain set seq = 4 where seq = -3",
  ].join("; ");
}

function headSetBack(): string {
  return "update audit_head set seq = 9, hash = (select hash from audit_chain where seq = 8)";
}
