"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { ErrorState } from "@/components/error-state";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useToastError } from "@/components/use-toast-error";
import { useCan } from "@/domains/auth/ui/use-me";
import { LimitsForm } from "@/domains/users/ui/limits-form";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { AppSettings } from "../contract";
import { RegistrationCard } from "./registration-card";
import { RetentionCard } from "./retention-card";
import { SecondFactorCard } from "./second-factor-card";
import { UploadTypesCard } from "./upload-types-card";

/** What an administrator sets while mcsd runs. Others who may look see the same, without switches. */
export function SettingsSection() {
  const t = useTranslations("settings");
  const canChange = useCan("system.update_settings");
  const trpc = useTRPC();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(trpc.system.settings.queryOptions());
  const onError = useToastError();
  const update = useMutation(
    trpc.system.updateSettings.mutationOptions({
      onSuccess: (saved) => client.setQueryData(trpc.system.settings.queryKey(), saved),
      onError,
    }),
  );
  const save = (change: Partial<AppSettings>, done: string) =>
    update.mutate(change, { onSuccess: () => toast.success(done) });
  const props = { canChange, isSaving: update.isPending, onSave: save };
  return (
    <section aria-labelledby="settings-title" className="grid gap-4">
      <div className="grid gap-0.5">
        <h2 id="settings-title" className="font-semibold">
          {t("title")}
        </h2>
        {!canChange && <p className="text-muted-foreground">{t("readOnly")}</p>}
      </div>
      {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && !data && (
        <div role="status" aria-label={t("loading")} className="grid gap-4 md:grid-cols-2">
          <Skeleton className="h-36" />
          <Skeleton className="h-36" />
          <Skeleton className="h-36" />
        </div>
      )}
      {data && (
        <div className="grid items-stretch gap-4 md:grid-cols-2">
          <RegistrationCard settings={data} {...props} />
          <SecondFactorCard settings={data} {...props} />
          <RetentionCard key={data.auditRetentionDays} settings={data} {...props} />
          <UploadTypesCard key={data.uploadTypes.join(" ")} settings={data} {...props} />
        </div>
      )}
      <EveryonesLimits />
    </section>
  );
}

/** The application's layer of the limits. */
function EveryonesLimits() {
  const t = useTranslations("settings.limits");
  const limits = useTranslations("users.limits");
  const canChange = useCan("system.manage_limits");
  const trpc = useTRPC();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(trpc.system.limits.queryOptions());
  const save = useMutation(
    trpc.system.setLimits.mutationOptions({
      onSuccess: (saved) => {
        client.setQueryData(trpc.system.limits.queryKey(), saved);
        toast.success(limits("saved"));
      },
    }),
  );
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>
          {t("text")} {!canChange && t("readOnly")}
        </CardDescription>
      </CardHeader>
      <CardContent>
        {error && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!error && !data && <Skeleton className="h-40" />}
        {data && <LimitsForm limits={data} canChange={canChange} onSave={save.mutateAsync} />}
      </CardContent>
    </Card>
  );
}
