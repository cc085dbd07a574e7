"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import { useTRPC } from "@/trpc/client";
import type { Server } from "../../contract";
import { putServer } from "../server-cache";

/** The user's own consent, for a server that was made without it. */
export function AcceptEula({ server }: { server: Server }) {
  const t = useTranslations("servers.end.eula");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const update = useMutation(
    trpc.servers.update.mutationOptions({
      onSuccess(changed) {
        putServer(client, trpc, changed);
        toast.success(t("done"));
      },
      onError: (error) => toast.error(errorText(error).text),
    }),
  );
  if (server.eulaAccepted || server.state !== "stopped") return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        size="sm"
        className="max-md:h-11"
        disabled={update.isPending}
        onClick={() => update.mutate({ serverId: server.id, acceptEula: true })}
      >
        {t("agree")}
      </Button>
      <a className="text-sm underline" href="https://aka.ms/MinecraftEULA" target="_blank" rel="noreferrer">
        {t("read")}
      </a>
    </div>
  );
}
