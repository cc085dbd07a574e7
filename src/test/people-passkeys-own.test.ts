import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditLog } from "@/domains/audit/server/table";
import { type Program, startProgram } from "./program";
import { ageSessions, password, type SignedIn, signedIn } from "./program-factors";
import { beginCreation, beginSignIn, countPasskeys, withPasskey } from "./program-passkeys";
import { type Deviation, SoftwareAuthenticator } from "./software-authenticator";

let program: Program;

beforeAll(async () => {
  program = await startProgram({ env: { SINGLE_SESSION: "false" } });
});
afterAll(() => program?.end());

it("asks for a passkey that the authenticator keeps and opens for its owner alone, and excludes those it knows", async () => {
  const who = await withPasskey(program);
  const { options } = await beginCreation(who);
  expect(options.authenticatorSelection).toMatchObject({ residentKey: "required", userVerification: "required" });
  expect(options.excludeCredentials.map(({ id }) => id)).toEqual([who.authenticator.credentialId]);
  expect(options.rp.id).toBe("127.0.0.1");
});

it.each<[string, Deviation]>([
  ["on another site's page", { origin: "https://mcsd.example.org" }],
  ["for another challenge", { challenge: Buffer.from("made up").toString("base64url") }],
  ["for another relying party", { rpId: "localhost" }],
  ["without verifying the person", { isVerified: false }],
])("keeps no passkey that was made %s", async (_what, deviation) => {
  const who = await signedIn(program);
  const authenticator = new SoftwareAuthenticator(program.url);
  const { challengeId, options } = await beginCreation(who);
  const response = authenticator.create(options, deviation);
  const finish = (given: object) => who.call("auth.passkeyFinish", { challengeId, name: "Laptop", response: given });
  expect((await finish(response)).error?.code).toBe("PASSKEY_INVALID");
  // The challenge is used up with it.
  expect((await finish(authenticator.create(options))).error?.code).toBe("PASSKEY_INVALID");
  expect(await countPasskeys(program, who)).toBe(0);
});

it("keeps no passkey for another person's challenge, one made for a sign-in, or one that is known already", async () => {
  const mine = await withPasskey(program);
  const theirs = await signedIn(program);
  const authenticator = new SoftwareAuthenticator(program.url);
  const begun = await beginCreation(mine);
  const finish = (who: SignedIn, challengeId: string, response: object) =>
    who.call("auth.passkeyFinish", { challengeId, name: "Key", response });
  const stolen = await finish(theirs, begun.challengeId, authenticator.create(begun.options));
  expect(stolen.error?.code).toBe("PASSKEY_INVALID");

  const { challengeId, options } = await beginSignIn(program);
  const asked = { ...begun.options, challenge: options.challenge };
  expect((await finish(theirs, challengeId, authenticator.create(asked))).error?.code).toBe("PASSKEY_INVALID");
  expect(await countPasskeys(program, theirs)).toBe(0);

  const again = await beginCreation(theirs);
  const known = await finish(theirs, again.challengeId, mine.authenticator.create(again.options));
  expect(known.error?.code).toBe("PASSKEY_EXISTS");
  expect(await countPasskeys(program, mine)).toBe(1);
});

it("asks for proof to add and to remove, none to rename, and one renames only one's own", async () => {
  const who = await withPasskey(program);
  await ageSessions(program.db, who.person);
  const passkeyId = who.passkey.id;
  expect((await who.call("auth.passkeyBegin", {})).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  expect((await who.call("auth.removePasskey", { passkeyId })).error?.code).toBe("REAUTHENTICATION_REQUIRED");
  const wrong = await who.call("auth.removePasskey", { passkeyId, password: "wrong" });
  expect(wrong.error?.code).toBe("PASSWORD_WRONG");
  expect((await who.call("auth.renamePasskey", { passkeyId, name: "Phone" })).data).toMatchObject({ name: "Phone" });
  const other = await signedIn(program);
  expect((await other.call("auth.renamePasskey", { passkeyId, name: "Mine" })).error?.code).toBe("PASSKEY_NOT_FOUND");
  expect((await who.call("auth.removePasskey", { passkeyId, password })).error).toBe(null);
  expect(
    (await program.db.select().from(auditLog).where(eq(auditLog.actorId, who.person.id)).orderBy(auditLog.id)).map(
      ({ action, result }) => `${action} ${result}`,
    ),
  ).toEqual([
    "auth.signIn ok",
    "auth.passkeyAdd ok",
    "auth.proof refused",
    "auth.passkeyRename ok",
    "auth.passkeyRemove ok",
  ]);
});
