"use client";

import type { Permission } from "@/domains/auth/permissions";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server, ServerAction } from "../contract";
import { canActNow, mayAct } from "./server-rights";

export interface Rights {
  /** False until the answer is there; nothing is allowed before. */
  isKnown: boolean;
  /** Holds the permission, whatever the server. */
  has: (permission: Permission) => boolean;
  /** May do this to that server in some state. */
  may: (server: Pick<Server, "id" | "ownerId">, action: ServerAction) => boolean;
  /** May do this to that server in its present state. */
  can: (server: Pick<Server, "id" | "ownerId" | "state">, action: ServerAction) => boolean;
}

/** What the signed-in person may do. Nothing until that is known; the server decides again on every call. */
export function usePermission(): Rights {
  const trpc = useTRPC();
  const { data: me } = useQuery(trpc.auth.me.queryOptions());
  return {
    isKnown: me !== undefined,
    has: (permission) => me?.permissions.includes(permission) ?? false,
    may: (server, action) => me !== undefined && mayAct(me, server, action),
    can: (server, action) => me !== undefined && canActNow(me, server, action),
  };
}
