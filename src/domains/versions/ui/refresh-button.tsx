"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import type { ServerType } from "../contract";

/** Asks one source, or all of them, now. */
export function RefreshButton({ type }: { type?: ServerType }) {
  const t = useTranslations("versions");
  const trpc = useTRPC();
  const client = useQueryClient();
  const canRefresh = useCan("servers.create");
  const refresh = useMutation(
    trpc.versions.refresh.mutationOptions({
      onSuccess(results) {
        const failed = results.filter(({ isGood }) => !isGood).length;
        if (failed === 0) toast.success(t("refreshed"));
        else toast.warning(t("refreshedWithErrors", { count: failed }));
        return client.invalidateQueries({ queryKey: trpc.versions.pathKey() });
      },
      onError: useToastError(),
    }),
  );
  if (!canRefresh) return null;
  const label = refresh.isPending
    ? t("refreshing")
    : type
      ? t("refreshOne", { type: t(`types.${type}`) })
      : t("refreshAll");
  return (
    <Button
      variant={type ? "ghost" : "outline"}
      size={type ? "icon-sm" : "sm"}
      disabled={refresh.isPending}
      aria-label={type && label}
      title={type && label}
      onClick={() => refresh.mutate(type && { type })}
    >
      <RefreshCwIcon />
      {!type && label}
    </Button>
  );
}
