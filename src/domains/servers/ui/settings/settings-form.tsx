"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { applyServerFaults } from "../apply-server-faults";
import { LaunchField } from "../launch-field";
import { MemoryField } from "../memory-field";
import { PortField } from "../port-field";
import { putServer } from "../server-cache";
import { usePermission } from "../use-permission";
import { BehaviourFields } from "./behaviour-fields";
import { CpuField } from "./cpu-field";
import { FormFoot } from "./form-foot";
import { GeneralFields } from "./general-fields";
import { JavaFields } from "./java-fields";
import { KindChangeNote } from "./kind-change-note";
import {
  changedSettings,
  type Settings,
  settingsOf,
  settingsSchema,
  type SettingsForm as Values,
} from "./settings-schema";

/** Everything about the server that mcsd itself keeps. Nothing typed is lost by a save that fails. */
export function SettingsForm({ server, isLocked }: { server: Server; isLocked: boolean }) {
  const t = useTranslations("servers.settings");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const { has } = usePermission();
  const { data: servers = [] } = useQuery(trpc.servers.list.queryOptions());
  const {
    data: defaults,
    isFetching,
    refetch,
  } = useQuery(trpc.servers.defaults.queryOptions(undefined, { enabled: has("servers.create") }));
  const others = servers.filter(({ id }) => id !== server.id);
  const update = useMutation(trpc.servers.update.mutationOptions());
  const form = useForm<Values, unknown, Settings>({
    resolver: zodResolver(settingsSchema),
    mode: "onChange",
    values: settingsOf(server),
    resetOptions: { keepDirtyValues: true },
  });

  const submit = form.handleSubmit(async (settings) => {
    const changes = changedSettings(settings, server);
    if (Object.keys(changes).length === 0) return form.reset(settingsOf(server));
    try {
      const saved = await update.mutateAsync({ serverId: server.id, ...changes });
      putServer(client, trpc, saved);
      form.reset(settingsOf(saved));
      toast.success(t("saved"));
    } catch (error) {
      applyServerFaults(form, { error, text: errorText(error), fields: Object.keys(settingsSchema.shape) });
    }
  });
  return (
    <Form {...form}>
      <form onSubmit={submit} noValidate>
        <Card className="gap-5">
          <CardHeader>
            <CardTitle>{t("title")}</CardTitle>
            <CardDescription>{t("text")}</CardDescription>
          </CardHeader>
          <CardContent>
            <fieldset disabled={isLocked} className="grid min-w-0 gap-5">
              <legend className="sr-only">{t("title")}</legend>
              <GeneralFields />
              <MemoryField
                totalMb={defaults?.memoryTotalMb ?? null}
                othersMb={others.reduce((sum, { memoryMb }) => sum + memoryMb, 0)}
              />
              <PortField others={others} suggestion={defaults?.port ?? null} />
              {defaults && (
                <LaunchField
                  checks={defaults.launchKinds}
                  usual={defaults.defaultLaunchKind}
                  isChecking={isFetching}
                  onCheck={() => void refetch()}
                />
              )}
              <KindChangeNote server={server} />
              <CpuField />
              <JavaFields requiredJava={server.requiredJava} />
              <BehaviourFields />
            </fieldset>
          </CardContent>
          {!isLocked && (
            <FormFoot error={update.error} isSaving={update.isPending} onReset={() => form.reset(settingsOf(server))} />
          )}
        </Card>
      </form>
    </Form>
  );
}
