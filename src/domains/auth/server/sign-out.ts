import type { Services } from "@/server/context";
import { recordAudit } from "../../audit/server/record-audit";
import { ownActor } from "./own-actor";
import { revokeSession } from "./session-repository";

/** Ends the session. Nothing happens when it has ended already. */
export async function signOut(services: Services, sessionId: string, address: string): Promise<void> {
  await services.db.transaction(async (tx) => {
    const user = await revokeSession(tx, sessionId, { now: services.clock.now(), reason: "sign_out" });
    if (user) await recordAudit(tx, ownActor(user, sessionId, address), { action: "auth.signOut" });
  });
}
