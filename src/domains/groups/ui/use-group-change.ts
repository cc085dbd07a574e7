"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";

/** What every change of a group does afterwards: all that is shown of groups is read anew, and a failure is told. */
export function useGroupChange(): { onSettled: () => void; onError: (error: unknown) => void } {
  const client = useQueryClient();
  const trpc = useTRPC();
  const onError = useToastError();
  return { onError, onSettled: () => void client.invalidateQueries({ queryKey: trpc.groups.pathKey() }) };
}
