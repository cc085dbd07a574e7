"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { toast } from "sonner";
import { ErrorState } from "@/components/error-state";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import type { Server } from "../../contract";
import { applyServerFaults } from "../apply-server-faults";
import { everydayPropertyNames, everydayValues } from "./everyday-properties";
import { FormFoot } from "./form-foot";
import { type PropertiesFormValues, propertiesFormSchema } from "./properties-schema";
import { PropertyInput } from "./property-input";

/** The common keys of server.properties. */
export function PropertiesForm({ server, isLocked }: { server: Server; isLocked: boolean }) {
  const t = useTranslations("servers.properties");
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    // The game writes the file itself while it runs: read anew whenever the server has changed its state.
    trpc.servers.properties.queryOptions({ serverId: server.id }, { staleTime: 0 }),
  );
  return (
    <Card className="gap-5">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      {data ? (
        <Fields server={server} isLocked={isLocked} properties={data.properties} />
      ) : (
        <CardContent>
          {error ? <ErrorState error={error} onRetry={() => refetch()} /> : <Skeleton className="h-64" />}
        </CardContent>
      )}
    </Card>
  );
}

interface FieldsProps {
  server: Server;
  isLocked: boolean;
  properties: Readonly<Record<string, string>>;
}

function Fields({ server, isLocked, properties }: FieldsProps) {
  const t = useTranslations("servers.properties");
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const update = useMutation(trpc.servers.updateProperties.mutationOptions());
  const form = useForm<PropertiesFormValues>({
    resolver: zodResolver(propertiesFormSchema),
    mode: "onChange",
    values: everydayValues(properties),
    resetOptions: { keepDirtyValues: true },
  });
  const submit = form.handleSubmit(async (values) => {
    const before = everydayValues(properties);
    const changed = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => value !== before[name as keyof typeof before]),
    );
    try {
      const saved = await update.mutateAsync({ serverId: server.id, properties: changed });
      client.setQueryData(trpc.servers.properties.queryKey({ serverId: server.id }), saved);
      form.reset(everydayValues(saved.properties));
      toast.success(t("saved"));
    } catch (error) {
      applyServerFaults(form, { error, text: errorText(error), fields: everydayPropertyNames });
    }
  });
  return (
    <Form {...form}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <CardContent>
          <fieldset disabled={isLocked} className="grid min-w-0 gap-5 sm:grid-cols-2">
            <legend className="sr-only">{t("title")}</legend>
            {everydayPropertyNames.map((name) => (
              <PropertyInput key={name} name={name} />
            ))}
          </fieldset>
        </CardContent>
        {!isLocked && (
          <FormFoot
            error={update.error}
            isSaving={update.isPending}
            onReset={() => form.reset(everydayValues(properties))}
          />
        )}
      </form>
    </Form>
  );
}
