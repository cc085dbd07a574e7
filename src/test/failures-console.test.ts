import { setTimeout as delay } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import type { LogLine } from "@/domains/console/contract";
import type { Server } from "@/domains/servers/contract";
import { type Client, createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { addPerson, clientOf, type Person } from "./program-people";
import { startProxy } from "./program-proxy";
import { addServer, findJvms } from "./program-servers";
import { until } from "./program-until";

const slowly = { timeout: 120_000 };
let program: Program;
let person: Person;
let owner: Client;

beforeAll(async () => {
  program = await startProgram();
  person = await addPerson(program.db);
  owner = createClient({ url: program.url, token: person.token });
});
afterAll(() => program?.end());

async function addRunning(): Promise<Server> {
  const { id } = await addServer(program, owner);
  return owner.servers.start.mutate({ serverId: id, wait: true });
}

const floodNumbers = (lines: readonly LogLine[]) =>
  lines.map(({ text }) => Number(/Flood line (\d+) of/.exec(text)?.[1] ?? 0)).filter((number) => number > 0);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Collects what a console subscription receives. */
function watch(client: Client, serverId: string) {
  const lines: LogLine[] = [];
  const gaps: string[] = [];
  const errors: unknown[] = [];
  const subscription = client.console.stream.subscribe(
    { serverId },
    {
      onData: ({ id, data }) => (data.kind === "lines" ? void lines.push(...data.lines) : void gaps.push(id)),
      onError: (error) => errors.push(error),
    },
  );
  return { lines, gaps, errors, close: () => subscription.unsubscribe() };
}

it("loses and doubles no line over connections that break", slowly, async () => {
  const { id } = await addRunning();
  const proxy = await startProxy(program.url);
  const seen = watch(createClient({ url: proxy.url, token: person.token }), id);
  await until(async () => seen.lines.length > 0, "the first lines come");
  await owner.console.command.mutate({ serverId: id, command: "flood 12000 2000" });
  for (let count = 0; count < 4; count++) {
    await delay(1000 + Math.random() * 500);
    proxy.cut();
  }
  await until(async () => floodNumbers(seen.lines).at(-1) === 12_000, "the last line comes", 60_000);
  seen.close();
  expect(floodNumbers(seen.lines)).toEqual(upTo(12_000));
  expect(seen.gaps).toEqual([]);
  const ids = seen.lines.map((line) => BigInt(line.id));
  expect(ids.every((lineId, index) => index === 0 || lineId > (ids[index - 1] ?? 0n))).toBe(true);
  await proxy.close();
});

it(
  "loses and doubles no line over a kill -9 and a restart of the dashboard, and the server does not notice",
  slowly,
  async () => {
    const { id } = await addRunning();
    const jvms = await findJvms(program, id);
    const seen = watch(owner, id);
    await until(async () => seen.lines.length > 0, "the first lines come");
    await owner.console.command.mutate({ serverId: id, command: "flood 16000 1500" });
    await until(async () => floodNumbers(seen.lines).length > 1000, "lines come");
    // Once without a word, once as an upgrade does it.
    for (const end of [program.kill9, program.stop]) {
      await end();
      await program.start();
      const reached = floodNumbers(seen.lines).length;
      await until(async () => floodNumbers(seen.lines).length > reached, "lines come again", 30_000);
    }
    await until(async () => floodNumbers(seen.lines).at(-1) === 16_000, "the last line comes", 60_000);
    seen.close();
    expect(floodNumbers(seen.lines)).toEqual(upTo(16_000));
    expect(seen.errors).toEqual([]);
    expect(await findJvms(program, id)).toEqual(jvms);
    expect((await owner.servers.get.query({ serverId: id })).state).toBe("running");
    const { reply } = await owner.console.command.mutate({ serverId: id, command: "seed" });
    expect(reply).toBe("Seed: [1234567890]");
  },
);

it("pages back through the whole log, each line once", slowly, async () => {
  const { id } = await addRunning();
  await owner.console.command.mutate({ serverId: id, command: "flood 3000 0" });
  const newest = () => owner.console.logs.query({ serverId: id, lines: 1 });
  await until(async () => floodNumbers((await newest()).lines).at(-1) === 3000, "the flood is over");
  const pages: LogLine[] = [];
  for (let before: string | undefined; ; before = pages[0]?.id) {
    const { lines } = await owner.console.logs.query({ serverId: id, lines: 700, before });
    if (lines.length === 0) break;
    pages.unshift(...lines);
  }
  expect(floodNumbers(pages)).toEqual(upTo(3000));
  expect(pages[0]?.text).toContain("Starting minecraft server");
});

it("gives each of fifty commands at once its own whole reply, and writes every one down", slowly, async () => {
  const { id } = await addRunning();
  const clients = await Promise.all(Array.from({ length: 3 }, () => clientOf(program, { role: "admin" })));
  const lengths = upTo(50).map((number) => (number % 10 === 0 ? number * 300 : number));
  const replies = await Promise.all(
    lengths.map((length, index) =>
      clients[index % 3]?.console.command.mutate({ serverId: id, command: `reply ${length}` }),
    ),
  );
  expect(replies.map((answer) => answer?.reply?.length)).toEqual(lengths);
  expect(replies.every((answer) => /^(?:0123456789)*0?1?2?3?4?5?6?7?8?$/.test(answer?.reply ?? "x"))).toBe(true);
  const rows = await program.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.targetId, id), eq(auditLog.action, "console.command")));
  expect(rows.map(({ details }) => details.command).sort()).toEqual(lengths.map((length) => `reply ${length}`).sort());
  expect(
    rows.every(({ result, address, actorKind }) => result === "ok" && address === "127.0.0.1" && actorKind === "token"),
  ).toBe(true);
});

it("writes down a command that was refused, and cuts a long one without breaking a character", slowly, async () => {
  const { id } = await addServer(program, owner);
  const command = `say ${"x".repeat(295)}😀😀😀`;
  const refused = { data: { error: { code: "STATE_CONFLICT" } } };
  await expect(owner.console.command.mutate({ serverId: id, command })).rejects.toMatchObject(refused);
  const [row] = await program.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.targetId, id), eq(auditLog.action, "console.command")));
  expect(row).toMatchObject({ result: "refused", actorId: person.id });
  expect(String(row?.details.command)).toMatch(/^say x{295}/);
});

it("shows text as it is: colours, markup and what looks like a frame of ours", slowly, async () => {
  const { id } = await addRunning();
  const seen = watch(owner, id);
  await until(async () => seen.lines.length > 0, "the first lines come");
  const texts = [
    "\u00a7cred <script>alert(1)</script>",
    'data: {"kind":"lines"}',
    "event: serialized-error",
    "日本語 🌍 \u202eabc",
  ];
  for (const text of texts) await owner.console.command.mutate({ serverId: id, command: `raw ${text}` });
  await until(async () => texts.every((text) => seen.lines.some((line) => line.text === text)), "all come");
  seen.close();
});

it("a subscriber of a server that is not theirs gets nothing at all", slowly, async () => {
  const { id } = await addRunning();
  const stranger = await clientOf(program);
  const seen = watch(stranger, id);
  await until(async () => seen.errors.length > 0, "it is refused");
  expect(seen.errors[0]).toMatchObject({ data: { error: { code: "SERVER_NOT_FOUND" } } });
  expect(seen.lines).toEqual([]);
  seen.close();
});
