import { toStorableJson } from "@/lib/storable-text";
import type { Actor } from "@/server/auth/actor";
import type { Database, Transaction } from "@/server/db/connect";
import { auditLog } from "./table";

export interface AuditEntry {
  /** `domain.verb`, for example `servers.start`. */
  action: string;
  target?: { kind: string; id: string };
  result?: "ok" | "refused" | "failed";
  /** Never anything secret. */
  details?: Record<string, unknown>;
}

/** Writes one row; call it inside the transaction that makes the change. */
export async function recordAudit(
  db: Database | Transaction,
  actor: Actor | null,
  entry: AuditEntry,
  address?: string,
): Promise<void> {
  await db.insert(auditLog).values({
    ...describeActor(actor, address),
    action: entry.action,
    targetKind: entry.target?.kind,
    targetId: entry.target?.id,
    result: entry.result ?? "ok",
    details: toStorableJson(entry.details ?? {}),
  });
}

function describeActor(actor: Actor | null, address?: string) {
  if (!actor) return { actorKind: "anonymous" as const, actorName: "", address };
  if (actor.kind === "system") return { actorKind: actor.kind, actorName: actor.name };
  const actorName = actor.kind === "token" ? `${actor.username} (${actor.tokenName})` : actor.username;
  return { actorKind: actor.kind, actorId: actor.userId, actorName, address: actor.address };
}
