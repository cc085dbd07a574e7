"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCwIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import { useToastError } from "@/components/use-toast-error";
import type { AvailableServerType } from "@/domains/versions/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";

interface NoVersionsProps {
  type: AvailableServerType;
  /** Why the list could not be read; null where it is empty. */
  error: unknown;
  onRetry: () => void;
}

/** In place of the versions while there are none: why, and a button that asks the source now. */
export function NoVersions({ type, error, onRetry }: NoVersionsProps) {
  const t = useTranslations("create.version");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { data: types } = useQuery(trpc.versions.types.queryOptions());
  const refresh = useMutation(
    trpc.versions.refresh.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.versions.pathKey() }),
      onError: useToastError(),
    }),
  );
  const lastError = types?.find((known) => known.type === type)?.sourceState?.lastError;
  const reason = error ?? (lastError ? { ...lastError, details: {} } : null);
  return (
    <Alert variant="warning" role="status">
      <AlertTitle>{t("none")}</AlertTitle>
      <AlertDescription>
        <p>{reason ? errorText(reason).text : t("noneText")}</p>
        <Button
          variant="outline"
          size="sm"
          disabled={refresh.isPending}
          onClick={() => (error ? onRetry() : refresh.mutate({ type }))}
          className="mt-1"
        >
          <RotateCwIcon aria-hidden="true" />
          {t(refresh.isPending ? "refreshing" : "refresh")}
        </Button>
      </AlertDescription>
    </Alert>
  );
}
