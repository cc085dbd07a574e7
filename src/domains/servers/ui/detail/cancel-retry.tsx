"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import type { Server } from "../../contract";
import { putServer } from "../server-cache";
import { usePermission } from "../use-permission";

/** Calls off the start that the crash policy has planned. */
export function CancelRetry({ server }: { server: Server }) {
  const t = useTranslations("servers.retry");
  const trpc = useTRPC();
  const client = useQueryClient();
  const { has } = usePermission();
  const stop = useMutation(
    trpc.servers.stop.mutationOptions({
      onSuccess: (stopped) => {
        putServer(client, trpc, stopped);
        toast.success(t("cancelled", { name: server.name }));
      },
      onError: useToastError(),
    }),
  );
  if (server.retryAt === null || !has("servers.stop")) return null;
  return (
    <Button
      variant="outline"
      size="sm"
      disabled={stop.isPending}
      onClick={() => stop.mutate({ serverId: server.id })}
      className="max-md:h-11"
    >
      {t("cancel")}
    </Button>
  );
}
