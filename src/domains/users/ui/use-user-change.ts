"use client";

import { useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import type { User } from "../contract";

/** Options of a mutation that answers with the changed user: the page shows the answer at once, and says how it went. */
export function useUserChange() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const onError = useToastError();
  return (done: (user: User) => string) => ({
    onSuccess: (user: User) => {
      client.setQueryData(trpc.users.get.queryKey({ userId: user.id }), user);
      void client.invalidateQueries({ queryKey: trpc.users.pathKey() });
      toast.success(done(user));
    },
    onError,
  });
}
