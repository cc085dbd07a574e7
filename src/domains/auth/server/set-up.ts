import { createHash, randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { isCommonPassword } from "@/lib/common-passwords";
import { systemActor } from "@/server/auth/actor";
import { hashPassword } from "@/server/auth/password";
import type { Clock } from "@/server/clock";
import type { Services } from "@/server/context";
import type { Database, Transaction } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { recordAudit } from "../../audit/server/record-audit";
import { hasAdministrator, insertUser, isSetupLinkOpen, replaceSetupLink, useSetupLink } from "./repository";

const linkHours = 24;
/** One first administrator, however many ask at once: the winner holds this transaction lock. */
const setupLock = 0x6d637364;

/** The secret of a new set-up link (single use, 24 h), or null when there is an administrator already. */
export async function openSetupLink({ db, clock }: { db: Database; clock: Clock }): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  const secret = randomBytes(24).toString("base64url");
  const expiresAt = new Date(clock.now().getTime() + linkHours * 3_600_000);
  await db.transaction((tx) => replaceSetupLink(tx, { hash: hashSecret(secret), expiresAt }));
  return secret;
}

/** Creates the first administrator with the link's secret. */
export async function setUp(
  services: Services,
  input: { secret: string; username: string; password: string },
  address: string,
) {
  const { db, clock } = services;
  refuseCommon(input);
  const secretHash = hashSecret(input.secret);
  // Strangers must not be able to make this machine hash passwords: first whether it can succeed at all. The link before the
  // administrator: both change in one transaction.
  if (!(await isSetupLinkOpen(db, secretHash, clock.now())))
    throw (await hasAdministrator(db)) ? setUpDone() : linkInvalid();
  const passwordHash = await hashPassword(input.password);
  await db.transaction(async (tx) => {
    await lockSetup(tx);
    if (await hasAdministrator(tx)) throw setUpDone();
    if (!(await useSetupLink(tx, secretHash, clock.now()))) throw linkInvalid();
    const user = await insertUser(tx, { username: input.username, passwordHash, role: "admin", isApproved: true });
    await recordAudit(
      tx,
      null,
      { action: "auth.setup", target: { kind: "user", id: user.id }, details: { username: input.username } },
      address,
    );
  });
  return { username: input.username };
}

/** For unattended installs: the administrator that the environment names, if there is none at all. */
export async function createAdministratorFromEnv(db: Database, username: string, password: string): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  return db.transaction(async (tx) => {
    await lockSetup(tx);
    if (await hasAdministrator(tx)) return false;
    const user = await insertUser(tx, { username, passwordHash, role: "admin", isApproved: true });
    await recordAudit(tx, systemActor("boot"), {
      action: "auth.setup",
      target: { kind: "user", id: user.id },
      details: { username },
    });
    return true;
  });
}

function setUpDone(): AppError {
  return new AppError("SETUP_DONE", "There is an administrator already. Sign in instead.");
}

function linkInvalid(): AppError {
  return new AppError("SETUP_LINK_INVALID", "This set-up link is not valid any more. Restart mcsd to get a new one.");
}

async function lockSetup(tx: Transaction): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${setupLock})`);
}

/** Throws PASSWORD_TOO_COMMON; `field` is what the password is called in the input. */
export function refuseCommon(
  { username, password }: { username: string; password: string },
  field: "password" | "newPassword" = "password",
): void {
  if (!isCommonPassword(password, username)) return;
  throw new AppError(
    "PASSWORD_TOO_COMMON",
    "This password is one of the first that anybody would try. Choose another one.",
    {
      issues: [{ path: [field], code: "common", message: "common" }],
    },
  );
}

function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
