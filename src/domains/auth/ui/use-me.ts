"use client";

import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Me } from "../contract";
import type { Permission } from "../permissions";

const nobody: Me = {
  id: "",
  username: "",
  role: "user",
  isApproved: false,
  createdAt: new Date(0),
  locale: null,
  theme: null,
  timeZone: null,
  permissions: [],
  sharedServers: {},
  hasTotp: false,
  hasPasskey: false,
  recoveryCodesLeft: 0,
  mustEnrol: false,
};

/** Who is signed in. The panel's layout puts the answer into the cache, so that it is there at once. */
export function useMe(): Me {
  const { data } = useQuery({ ...useTRPC().auth.me.queryOptions(), staleTime: 5 * 60_000 });
  return data ?? nobody;
}

/** Whether to offer something; whether it is allowed, the server decides. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}
