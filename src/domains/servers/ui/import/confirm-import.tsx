"use client";

import { useMutation } from "@tanstack/react-query";
import { DownloadIcon } from "lucide-react";
import { useTimeZone, useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Form, FormControl, FormField, FormItem, FormLabel } from "@/components/ui/form";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { serverTypeSchema, serverTypes } from "@/domains/versions/contract";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { createServerInputSchema } from "../../contract";
import type { ImportFindings, ImportSource } from "../../import-contract";
import { applyServerFaults } from "../apply-server-faults";
import { CreateFailure } from "../create/create-failure";
import { FieldFault } from "../field-fault";
import { MemoryField } from "../memory-field";
import { PortField } from "../port-field";
import { TextField } from "../text-field";
import { FoundFacts } from "./found-facts";
import { chosenSchedule, firstChoice, ScheduleChoice, scheduleChoiceSchema } from "./schedule-choice";

const fields = createServerInputSchema.shape;
const formSchema = z.object({
  name: fields.name,
  type: serverTypeSchema,
  version: fields.version,
  memoryMb: fields.memoryMb,
  port: fields.port.unwrap(),
  acceptEula: z.boolean(),
  schedule: scheduleChoiceSchema,
});
type Values = z.output<typeof formSchema>;

interface ConfirmImportProps {
  source: ImportSource;
  found: ImportFindings;
  onJob: (jobId: string) => void;
  onBack: () => void;
}

/** What was found, to be confirmed or corrected before a server is made of it. */
export function ConfirmImport({ source, found, onJob, onBack }: ConfirmImportProps) {
  const t = useTranslations("imports");
  const types = useTranslations("versions.types");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const { data: defaults } = useQuery(trpc.servers.defaults.queryOptions());
  const { data: servers = [] } = useQuery(trpc.servers.list.queryOptions());
  const viewerZone = useTimeZone() ?? "UTC";
  const resolver = useMemo(() => zodResolver(formSchema), []);
  const form = useForm<Values, unknown, Values>({
    resolver,
    mode: "onChange",
    defaultValues: {
      name: found.name ?? "",
      type: found.type,
      version: found.version ?? "",
      memoryMb: found.memoryMb ?? 2048,
      port: Number.NaN,
      // What somebody agreed to elsewhere stands in the files; one's own consent is one's own to give.
      acceptEula: false,
      schedule: firstChoice(found.schedules, viewerZone),
    },
  });
  const { getValues, setValue } = form;
  useEffect(() => {
    if (!defaults || !Number.isNaN(getValues("port"))) return;
    const isFree = found.port !== null && !servers.some(({ port }) => port === found.port);
    setValue("port", isFree && found.port !== null ? found.port : (defaults.port ?? 25_565));
  }, [defaults, servers, found.port, getValues, setValue]);
  const start = useMutation(trpc.servers.import.mutationOptions());
  const submit = form.handleSubmit(async ({ schedule, ...values }) => {
    try {
      const build = values.version === found.version && values.type === found.type ? found.build : null;
      const started = await start.mutateAsync({
        ...values,
        ...(build ? { build } : {}),
        source,
        root: found.root,
        schedule: chosenSchedule(found.schedules, schedule),
      });
      if ("jobId" in started) onJob(started.jobId);
    } catch (error) {
      applyServerFaults(form, { error, text: errorText(error), fields: Object.keys(formSchema.shape) });
    }
  });
  return (
    <Form {...form}>
      <form onSubmit={submit} noValidate className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader>
            <CardTitle>{t("found")}</CardTitle>
          </CardHeader>
          <CardContent>
            <FoundFacts found={found} />
          </CardContent>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>{t("confirm")}</CardTitle>
          </CardHeader>
          <CardContent className="grid gap-5">
            <TextField<Values> name="name" label={t("fields.name")} placeholder={t("fields.namePlaceholder")} />
            <div className="grid gap-5 sm:grid-cols-2">
              <FormField
                control={form.control}
                name="type"
                render={({ field }) => (
                  <FormItem>
                    <FormLabel>{t("fields.type")}</FormLabel>
                    <Select value={field.value} onValueChange={field.onChange}>
                      <FormControl>
                        <SelectTrigger ref={field.ref} className="w-full max-md:h-11">
                          <SelectValue />
                        </SelectTrigger>
                      </FormControl>
                      <SelectContent>
                        {serverTypes.map((type) => (
                          <SelectItem key={type} value={type}>
                            {types(type)}
                          </SelectItem>
                        ))}
                      </SelectContent>
                    </Select>
                    <FieldFault />
                  </FormItem>
                )}
              />
              <TextField<Values>
                name="version"
                label={t("fields.version")}
                placeholder="1.21.11"
                className="font-mono"
              />
            </div>
            <MemoryField
              totalMb={defaults?.memoryTotalMb ?? null}
              othersMb={servers.reduce((sum, { memoryMb }) => sum + memoryMb, 0)}
            />
            <PortField others={servers} suggestion={defaults?.port ?? null} />
            <FormField
              control={form.control}
              name="acceptEula"
              render={({ field }) => (
                <FormItem className="flex items-start gap-3">
                  <FormControl>
                    <Checkbox
                      ref={field.ref}
                      checked={field.value}
                      onCheckedChange={(value) => field.onChange(value === true)}
                      className="mt-0.5"
                    />
                  </FormControl>
                  <FormLabel className="leading-5">{t("fields.eula")}</FormLabel>
                </FormItem>
              )}
            />
            <ScheduleChoice schedules={found.schedules} />
            {start.error && <CreateFailure error={start.error} />}
            <p className="text-sm text-muted-foreground">{t("copied")}</p>
            <div className="flex flex-wrap justify-between gap-2">
              <Button type="button" variant="outline" onClick={onBack} className="max-md:h-11">
                {t("back")}
              </Button>
              <Button type="submit" disabled={start.isPending || found.program === null} className="max-md:h-11">
                <DownloadIcon aria-hidden="true" />
                {t("submit")}
              </Button>
            </div>
          </CardContent>
        </Card>
      </form>
    </Form>
  );
}
