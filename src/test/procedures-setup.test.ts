import { afterAll, beforeAll, expect, it } from "vitest";
import { createClient } from "@/trpc/node-client";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ hasAdministrator: false });
});
afterAll(() => program?.end());

const secretIn = (output: string) => [...output.matchAll(/\/setup\?secret=([\w-]+)/g)].at(-1)?.[1] ?? "";
const setUp = (secret: string, username: string) =>
  callProcedure(program.url, {
    path: "auth.setup",
    type: "mutation",
    input: { secret, username, password: "a long passphrase 7" },
  });

it("prints a link, and one administrator comes out of fifty who use it at once", { timeout: 60_000 }, async () => {
  const first = secretIn(program.logs());
  expect(first).toMatch(/^[\w-]{32}$/);
  expect((await setUp("made up", "mallory")).error?.code).toBe("SETUP_LINK_INVALID");

  await program.stop();
  await program.start();
  const secret = secretIn(program.logs());
  expect(secret).not.toBe(first);
  expect((await setUp(first, "mallory")).error?.code).toBe("SETUP_LINK_INVALID");

  const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => setUp(secret, `admin${index}`)));
  const winners = answers.filter(({ error }) => error === null);
  expect(winners).toHaveLength(1);
  expect(new Set(answers.map(({ error }) => error?.code ?? "ok"))).toEqual(new Set(["ok", "SETUP_DONE"]));
  expect((await setUp(secret, "late")).error?.code).toBe("SETUP_DONE");

  const { username } = (winners[0]?.data ?? { username: "" }) as { username: string };
  const { token } = await createClient({ url: program.url }).auth.issueToken.mutate({
    username,
    password: "a long passphrase 7",
  });
  expect((await createClient({ url: program.url, token }).auth.me.query()).role).toBe("admin");
});

it("prints no link any more, and its secret is in no log line", async () => {
  await program.stop();
  const before = program.logs();
  await program.start();
  expect(program.logs().slice(before.length)).toMatch(/^mcsd is ready: http/m);
  const secret = secretIn(before);
  const lines = program
    .logs()
    .split("\n")
    .filter((line) => line.includes(secret));
  expect(lines.every((line) => line.startsWith("mcsd is ready. Create the first administrator"))).toBe(true);
});
