import type { Actor } from "@/server/auth/actor";
import type { UserRow } from "../../users/server/table";

/** The person in the audit log while a session of theirs opens, closes or is renewed. May do nothing else. */
export function ownActor(user: UserRow, sessionId: string, address: string): Actor {
  const { id: userId, username, role, isApproved } = user;
  return {
    kind: "user",
    sessionId,
    userId,
    username,
    role,
    isApproved,
    permissions: new Set<never>(),
    shared: new Map(),
    mustEnrol: false,
    authenticatedAt: null,
    address,
  };
}
