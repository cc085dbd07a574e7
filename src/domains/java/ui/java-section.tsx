"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { ErrorState } from "@/components/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { useToastError } from "@/components/use-toast-error";
import { useCan } from "@/domains/auth/ui/use-me";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { installableJavas } from "../contract";
import { InstallJava } from "./install-java";
import { JavaRow } from "./java-row";

/** The Javas that servers of this machine run with. */
export function JavaSection() {
  const t = useTranslations("java");
  const trpc = useTRPC();
  const client = useQueryClient();
  const mayChange = useCan("system.update_settings");
  const { data: javas, error, refetch } = useQuery(trpc.servers.listJava.queryOptions());
  const remove = useMutation(
    trpc.servers.removeJava.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: trpc.servers.listJava.queryKey() }),
      onError: useToastError(),
    }),
  );
  const missing = installableJavas.filter((major) => !javas?.some((java) => java.major === major));
  return (
    <section aria-labelledby="java-title" className="grid gap-3">
      <div className="grid gap-0.5">
        <h2 id="java-title" className="font-semibold">
          {t("title")}
        </h2>
        <p className="text-muted-foreground">{t("text")}</p>
      </div>
      {error && !javas && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !javas && <Skeleton className="h-24 w-full" />}
      {javas?.length === 0 && <p className="rounded-lg border bg-card p-4 text-muted-foreground">{t("none")}</p>}
      {javas && javas.length > 0 && (
        <ul aria-labelledby="java-title" className="divide-y rounded-lg border bg-card">
          {javas.map((java) => (
            <JavaRow
              key={java.path}
              java={java}
              onRemove={mayChange && !remove.isPending ? () => remove.mutate({ javaMajor: java.major }) : null}
            />
          ))}
        </ul>
      )}
      {javas && mayChange && missing.length > 0 && (
        <div className="grid gap-2">
          <p className="text-muted-foreground">{t("installText")}</p>
          <InstallJava majors={missing} />
        </div>
      )}
    </section>
  );
}
