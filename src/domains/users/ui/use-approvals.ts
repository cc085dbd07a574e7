"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import type { User, UserResult } from "../contract";

type Person = Pick<User, "id" | "username">;

/** Lets people in or turns them down, one or several, and says how each went. A rejection can be taken back from its message. */
export function useApprovals() {
  const t = useTranslations("users.queue");
  const errors = useTranslations("errors");
  const trpc = useTRPC();
  const client = useQueryClient();
  const onError = useToastError();
  const approveMany = useMutation(trpc.users.approveMany.mutationOptions({ onError }));
  const rejectMany = useMutation(trpc.users.rejectMany.mutationOptions({ onError }));

  const report = (people: readonly Person[], results: readonly UserResult[], kind: "approved" | "rejected") => {
    const done = results.flatMap(({ user }) => user ?? []);
    const [first] = done;
    if (first) {
      const undo = () => void approve(done);
      toast.success(t(kind, { count: done.length, name: first.username }), {
        action: kind === "rejected" ? { label: t("undo"), onClick: undo } : undefined,
        duration: kind === "rejected" ? 10_000 : undefined,
      });
    }
    const refused = results.flatMap(({ userId, code }) =>
      code
        ? [`${people.find(({ id }) => id === userId)?.username ?? userId}: ${errors(code, { permission: "none" })}`]
        : [],
    );
    if (refused.length > 0)
      toast.error(t("failed", { count: refused.length }), { description: refused.slice(0, 5).join("\n") });
    void client.invalidateQueries({ queryKey: trpc.users.pathKey() });
  };
  const send = (mutation: typeof approveMany, kind: "approved" | "rejected") => async (people: readonly Person[]) => {
    const sent = await mutation.mutateAsync({ userIds: people.map(({ id }) => id) }).catch(() => null);
    if (sent) report(people, sent.results, kind);
    return sent !== null;
  };
  const approve = send(approveMany, "approved");
  return { approve, reject: send(rejectMany, "rejected"), isPending: approveMany.isPending || rejectMany.isPending };
}
