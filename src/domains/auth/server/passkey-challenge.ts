import type { Services } from "@/server/context";
import { insertChallenge, takeChallenge } from "./passkey-repository";

export const challengeMs = 5 * 60_000;

/** What the person sees in the browser's dialog. */
export const relyingPartyName = "mcsd";

type Ports = Pick<Services, "db" | "clock">;
type Purpose = { purpose: "register"; userId: string } | { purpose: "sign_in"; userId: null };

/** Passkeys belong to a host name, whatever the port. */
export function relyingPartyId(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : "";
}

/** Remembers what was asked to be signed, for five minutes. */
export function keepChallenge({ db, clock }: Ports, whose: Purpose, challenge: string): Promise<string> {
  return insertChallenge(db, { ...whose, challenge, expiresAt: new Date(clock.now().getTime() + challengeMs) });
}

/** The challenge, once: a second answer to it, a late one and one to somebody else's find null. */
export async function spendChallenge({ db, clock }: Ports, id: string, whose: Purpose): Promise<string | null> {
  const found = await takeChallenge(db, id);
  if (!found || found.purpose !== whose.purpose || found.userId !== whose.userId) return null;
  return found.expiresAt > clock.now() ? found.challenge : null;
}
