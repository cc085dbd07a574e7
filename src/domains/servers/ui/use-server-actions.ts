"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { useErrorText } from "@/components/use-error-text";
import { useTRPC } from "@/trpc/client";
import type { Server } from "../contract";
import { putServer } from "./server-cache";

/** What a person can do to a running or stopped server in one click. */
export const lifeActions = ["start", "stop", "restart", "kill", "forceStop"] as const;
export type LifeAction = (typeof lifeActions)[number];

type Target = Pick<Server, "id" | "name">;

export interface ServerActions {
  /** Sends the action; says how it went. Never throws. */
  run: (action: LifeAction, server: Target) => Promise<boolean>;
  /** Sends the action to each; one message for all of them. */
  runMany: (action: LifeAction, servers: readonly Target[]) => Promise<void>;
  isPending: boolean;
}

/** Start, stop and the rest. Shows nothing before the server has said what it did: the state on the page is always true. */
export function useServerActions(): ServerActions {
  const trpc = useTRPC();
  const client = useQueryClient();
  const t = useTranslations("servers.actions");
  const errorText = useErrorText();
  const onSuccess = (server: Server) => putServer(client, trpc, server);
  const start = useMutation(trpc.servers.start.mutationOptions({ onSuccess }));
  const stop = useMutation(trpc.servers.stop.mutationOptions({ onSuccess }));
  const restart = useMutation(trpc.servers.restart.mutationOptions({ onSuccess }));
  const kill = useMutation(trpc.servers.kill.mutationOptions({ onSuccess }));

  const send = (action: LifeAction, serverId: string): Promise<Server> => {
    switch (action) {
      case "start":
        return start.mutateAsync({ serverId });
      case "restart":
        return restart.mutateAsync({ serverId });
      case "kill":
        return kill.mutateAsync({ serverId });
      case "stop":
        return stop.mutateAsync({ serverId });
      case "forceStop":
        return stop.mutateAsync({ serverId, force: true });
    }
  };
  const run = async (action: LifeAction, { id, name }: Target) => {
    try {
      await send(action, id);
      toast.success(t(`sent.${action}`, { name }));
      return true;
    } catch (error) {
      toast.error(t(`failed.${action}`, { name }), { description: errorText(error).text });
      return false;
    }
  };
  const runMany = async (action: LifeAction, servers: readonly Target[]) => {
    const outcomes = await Promise.allSettled(servers.map(({ id }) => send(action, id)));
    const refused = outcomes.flatMap((outcome, at) =>
      outcome.status === "rejected" ? [`${servers[at]?.name ?? ""}: ${errorText(outcome.reason).text}`] : [],
    );
    const count = servers.length - refused.length;
    if (count > 0) toast.success(t(`sentMany.${action}`, { count }));
    if (refused.length > 0) {
      toast.error(t("refusedMany", { count: refused.length }), { description: refused.slice(0, 5).join("\n") });
    }
  };
  return { run, runMany, isPending: [start, stop, restart, kill].some((mutation) => mutation.isPending) };
}
