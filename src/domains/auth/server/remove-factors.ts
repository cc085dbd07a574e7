import type { Transaction } from "@/server/db/connect";
import { removePasskeys } from "./passkey-repository";
import { removeTotp } from "./totp-repository";

export interface RemovedFactors {
  hadTotp: boolean;
  /** Names of the passkeys. */
  passkeys: string[];
}

/** Takes authenticator app, recovery codes and passkeys from a user whose row is held: the password alone signs in then. */
export async function removeFactors(tx: Transaction, userId: string): Promise<RemovedFactors> {
  const hadTotp = await removeTotp(tx, userId);
  return { hadTotp, passkeys: await removePasskeys(tx, userId) };
}
