import { afterAll, beforeAll, expect, it } from "vitest";
import { type Program, startProgram } from "./program";
import { callProcedure } from "./program-calls";
import { codeOf, forgetSteps, issueToken, trySignIn, withTotp, wrongCodeOf } from "./program-factors";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ env: { SINGLE_SESSION: "false" } });
});
afterAll(() => program?.end());

const me = async (token: string) =>
  (await callProcedure(program.url, { path: "auth.me", type: "query", credentials: { token } })).data as {
    hasTotp: boolean;
    recoveryCodesLeft: number;
  };

it("tells of the second factor only after the right password, and a wrong one uses no code up", async () => {
  const { person, seed } = await withTotp(program);
  const code = codeOf(seed);
  expect((await trySignIn(program, person, { password: "wrong", totp: code })).error).toBe("CredentialsSignin");
  expect((await issueToken(program, person, { password: "wrong", totp: code })).error?.code).toBe(
    "CREDENTIALS_INVALID",
  );
  expect((await issueToken(program, person)).error?.code).toBe("TOTP_REQUIRED");
  expect((await issueToken(program, person, { totp: wrongCodeOf(seed) })).error?.code).toBe("TOTP_INVALID");
  const issued = await issueToken(program, person, { totp: code });
  expect(issued.error).toBe(null);
  expect((await issueToken(program, person, { totp: code })).error?.code).toBe("TOTP_INVALID");
});

it("takes no code of an older step than the last, none that is too old and none of tomorrow", async () => {
  const { person, seed } = await withTotp(program);
  expect((await trySignIn(program, person, { totp: codeOf(seed, 1) })).error).toBe(null);
  expect((await trySignIn(program, person, { totp: codeOf(seed) })).error).toBe("TOTP_INVALID");
  await forgetSteps(program.db, person);
  expect((await trySignIn(program, person, { totp: codeOf(seed, -3) })).error).toBe("TOTP_INVALID");
  expect((await trySignIn(program, person, { totp: codeOf(seed, 3) })).error).toBe("TOTP_INVALID");
});

const tally = (outcomes: string[]) => ({
  ok: outcomes.filter((outcome) => outcome === "ok").length,
  others: [...new Set(outcomes.filter((outcome) => outcome !== "ok"))].sort(),
});

it.each(["authenticator", "recovery"] as const)(
  "one of fifty at once gets in with one %s code",
  { timeout: 120_000 },
  async (kind) => {
    const { person, seed, recoveryCodes: codes } = await withTotp(program);
    const totp = kind === "recovery" ? codes[3] : codeOf(seed);
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, index) =>
        index % 2
          ? ((await issueToken(program, person, { totp })).error?.code ?? "ok")
          : ((await trySignIn(program, person, { totp })).error ?? "ok"),
      ),
    );
    const { ok, others } = tally(answers.map((answer) => answer.replace(/:\d+$/, "")));
    expect(ok).toBe(1);
    expect(others.filter((other) => other !== "TOTP_INVALID" && other !== "RATE_LIMITED")).toEqual([]);
    expect(await me(person.token)).toMatchObject({ recoveryCodesLeft: kind === "recovery" ? 9 : 10 });
  },
);

it("stops guessing at codes for the whole account, which nobody without the password can bring about", {
  timeout: 120_000,
}, async () => {
  const { person, seed, recoveryCodes: codes } = await withTotp(program);
  await Promise.all(
    Array.from({ length: 30 }, () => trySignIn(program, person, { password: "wrong", totp: wrongCodeOf(seed) })),
  );
  expect((await trySignIn(program, person, { totp: codeOf(seed) })).error).toBe(null);

  const guesses = await Promise.all(
    Array.from({ length: 40 }, () => issueToken(program, person, { totp: wrongCodeOf(seed) })),
  );
  const codesOf = guesses.map(({ error }) => error?.code);
  expect(codesOf.filter((code) => code === "TOTP_INVALID")).toHaveLength(10);
  expect(codesOf.filter((code) => code === "RATE_LIMITED")).toHaveLength(30);
  const limited = guesses.find(({ status }) => status === 429);
  expect(Number(limited?.headers.get("retry-after"))).toBeGreaterThan(3000);
  expect((await trySignIn(program, person, { totp: codes[0] })).error).toMatch(/^RATE_LIMITED:\d+$/);
});
