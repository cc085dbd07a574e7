"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { useTRPC } from "@/trpc/client";

/** After a change to how one signs in: who one is, is asked anew, and the gate of the panel decides again. */
export function useRenewMe(): () => Promise<void> {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(async () => {
    await client.invalidateQueries({ queryKey: trpc.auth.me.queryKey() });
    router.refresh();
  }, [client, router, trpc]);
}
