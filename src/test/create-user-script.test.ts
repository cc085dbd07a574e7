import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createClient } from "@/trpc/node-client";
import { projectRoot } from "./import-graph";
import { type Program, startProgram } from "./program";
import { addPerson } from "./program-people";

let program: Program;
let token: string;

beforeAll(async () => {
  program = await startProgram();
  ({ token } = await addPerson(program.db, { role: "admin" }));
});
afterAll(() => program?.end());

async function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["scripts/run-ts.mjs", "scripts/create-user.ts", ...args], {
    cwd: projectRoot,
    env: { ...process.env, MCSD_URL: program.url, MCSD_TOKEN: token, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { stdout, stderr, code };
}

it("makes an account, and prints the link with which the person sets their password", { timeout: 60_000 }, async () => {
  const made = await run(["--name", "ada", "--role", "operator"]);
  expect(made).toMatchObject({ code: 0, stderr: "" });
  const [, link = ""] = /^created ada \([0-9a-f-]{36}\), operator, active\npassword: (\S+)\n$/.exec(made.stdout) ?? [];
  expect(link.startsWith(`${program.url}/reset?secret=`)).toBe(true);
  const secret = new URL(link).searchParams.get("secret") ?? "";
  const client = createClient({ url: program.url });
  await client.auth.resetPassword.mutate({ secret, newPassword: "a long passphrase 7" });
  await client.auth.issueToken.mutate({ username: "ada", password: "a long passphrase 7" });

  expect(await run(["--name", "ADA"])).toMatchObject({
    code: 1,
    stdout: "",
    stderr: "Somebody has this name already.\n",
  });
  expect((await run(["--name", "bob", "--role", "god"])).code).toBe(1);
});

it("takes a password from the environment, and then prints no link", { timeout: 60_000 }, async () => {
  const password = "another passphrase 8";
  const made = await run(["--name", "carol", "--waiting"], { MCSD_NEW_PASSWORD: password });
  expect(made.stdout).toMatch(/^created carol \([0-9a-f-]{36}\), user, waiting\n$/);
  await createClient({ url: program.url }).auth.issueToken.mutate({ username: "carol", password });
});
