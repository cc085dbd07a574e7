"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Me } from "../contract";
import type { Permission } from "../permissions";

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

/** Who is signed in. Only below the panel's layout. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe needs a MeProvider around it");
  return me;
}

/** Whether to offer something; whether it is allowed is decided by the server. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
