import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { projectRoot } from "./program-bundle";
import { addPerson } from "./program-people";

let program: Program;
let folder: string;
let token: string;

beforeAll(async () => {
  program = await startProgram();
  folder = await mkdtemp(join(tmpdir(), "mcsd-audit-"));
  ({ token } = await addPerson(program.db, { role: "admin" }));
  const client = createClient({ url: program.url, token });
  for (const auditRetentionDays of [30, 60, 90]) await client.system.updateSettings.mutate({ auditRetentionDays });
});
afterAll(async () => {
  await program?.end();
  await rm(folder, { recursive: true, force: true });
});

/** The script as a person runs it, in a process of its own. */
async function run(script: string, args: string[], environment: Record<string, string> = { MCSD_TOKEN: token }) {
  const env = { PATH: process.env.PATH ?? "", MCSD_URL: program.url, ...environment } as unknown as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, ["scripts/run-ts.mjs", `scripts/${script}.ts`, ...args], {
    cwd: projectRoot,
    env,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const [code] = await once(child, "close");
  return { code: code as number, output };
}

it("finds the log whole, and says where it ends", async () => {
  const { code, output } = await run("audit-verify", []);
  expect(output).toMatch(/^The audit log is whole: \d+ rows\. It ends with \d+:[0-9a-f]{64}\n$/);
  expect(code).toBe(0);
});

it("checks an export by itself, in which a changed letter is found", async () => {
  const file = join(folder, "audit.jsonl");
  expect(await run("audit-export", ["--out", file])).toEqual({ code: 0, output: "" });
  expect((await run("audit-verify", ["--file", file], {})).output).toMatch(/^The audit log is whole/);
  const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
  const changed = lines.map((line, index) => (index === 2 ? line.replace('"result":"ok"', '"result":"failed"') : line));
  await writeFile(file, changed.join("\n"));
  const found = await run("audit-verify", ["--file", file], {});
  expect(found).toMatchObject({
    code: 1,
    output: expect.stringMatching(/Row 3 says something else than what was hashed/),
  });
  await writeFile(file, lines.filter((_, index) => index !== 1).join("\n"));
  expect((await run("audit-verify", ["--file", file], {})).output).toMatch(/Row 2 is missing/);
});

it("exports with filters, as CSV too, and says in one line what is refused", async () => {
  const csv = await run("audit-export", ["--format", "csv", "--action", "system.updateSettings"]);
  expect(csv.output.trimEnd().split("\r\n")).toHaveLength(4);
  const other = await addPerson(program.db);
  const refused = await run("audit-export", [], { MCSD_TOKEN: other.token });
  expect(refused).toEqual({ code: 1, output: "This needs the permission system.update_settings.\n" });
});

it("finds what was done to the database, and a log that was written anew by its noted end", async () => {
  const before = await run("audit-verify", []);
  const noted = /ends with (\S+)/.exec(before.output)?.[1] ?? "";
  expect((await run("audit-verify", ["--noted", noted])).code).toBe(0);
  const tamper = async (statement: string) => {
    for (const table of ["audit_log", "audit_chain", "audit_head"])
      await program.db.execute(sql.raw(`alter table ${table} disable trigger audit_${table.slice(6)}_refuse`));
    await program.db.execute(sql.raw(statement));
  };
  await tamper(
    "update audit_log set actor_name = 'somebody else' where id = (select audit_id from audit_chain where seq = 4)",
  );
  const found = await run("audit-verify", []);
  expect(found.code).toBe(1);
  expect(found.output).toBe(
    "The audit log is not what was written. Row 4 says something else than what was hashed when it was written.\n",
  );
  await tamper(`do $$ declare last text := repeat('0', 64); link record; begin
    for link in select c.seq, l as entry from audit_chain c join audit_log l on l.id = c.audit_id order by c.seq loop
      last := audit_hash(last, audit_canonical(link.entry));
      update audit_chain set canonical = audit_canonical(link.entry), hash = last where seq = link.seq;
      update audit_head set hash = last where id = 1;
    end loop; end $$`);
  expect((await run("audit-verify", [])).code).toBe(0);
  const anew = await run("audit-verify", ["--noted", noted]);
  expect(anew).toMatchObject({
    code: 1,
    output: expect.stringMatching(/has another hash than the one that was noted down/),
  });
});
