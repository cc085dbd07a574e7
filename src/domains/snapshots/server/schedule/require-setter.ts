import type { Database } from "@/server/db/connect";
import { AppError } from "@/server/errors";
import { effectivePermissions, type Permission } from "../../../auth/permissions";
import { mayWith } from "../../../servers/server/policy";
import { findUserForServer } from "./schedules-repository";

const needed: readonly Permission[] = ["backups.schedule", "backups.create"];

/** Throws PERMISSION_MISSING unless who set the schedule is still active and may still do this with this server. */
export async function requireSetter(
  db: Database,
  server: { id: string; ownerId: string },
  setBy: string,
): Promise<void> {
  const found = await findUserForServer(db, setBy, server.id);
  if (!found?.user.isActive || !found.user.isApproved)
    throw new AppError("PERMISSION_MISSING", "Who set this schedule has no active account any more.", {
      permission: "backups.schedule",
    });
  const { user, shared } = found;
  const actor = {
    kind: "user",
    sessionId: "",
    userId: user.id,
    username: user.username,
    role: user.role,
    isApproved: user.isApproved,
    permissions: effectivePermissions(user.role, user.granted, user.denied),
    shared: new Map(shared ? [[server.id, new Set(shared.filter((name) => !user.denied.includes(name)))]] : []),
    mustEnrol: false,
    authenticatedAt: null,
    address: "",
  } as const;
  const missing = needed.find((permission) => !mayWith(actor, server, permission));
  if (!missing) return;
  throw new AppError(
    "PERMISSION_MISSING",
    `${user.username}, who set this schedule, lacks ${missing} on this server.`,
    {
      permission: missing,
    },
  );
}
