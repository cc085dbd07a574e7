"use client";

import { useMutation } from "@tanstack/react-query";
import { PlusIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { firstUsable } from "@/domains/launch/ui/kind-choice";
import { useTRPC } from "@/trpc/client";
import { useQuery } from "@/trpc/use-query";
import { applyServerFaults } from "../apply-server-faults";
import { saveDraft } from "./create-draft";
import { CreateFailure } from "./create-failure";
import { createFormSchema, emptyCreateForm, toCreateInput, type CreateForm as Values } from "./create-form-schema";
import { CreateSummary } from "./create-summary";
import { PartName } from "./part-name";
import { PartRules } from "./part-rules";
import { PartWhat } from "./part-what";
import { PartWhere } from "./part-where";

interface CreateFormProps {
  /** What was typed before a reload or a failure. */
  draft: Values | null;
  /** How the last attempt ended, if it did not succeed. */
  failure: unknown;
  onJob: (jobId: string) => void;
}

const fieldNames = Object.keys(emptyCreateForm);

/** Everything that makes a server, on one page. */
export function CreateForm({ draft, failure, onJob }: CreateFormProps) {
  const t = useTranslations("create");
  const trpc = useTRPC();
  const errorText = useErrorText();
  const { data: defaults, isFetching, refetch: lookAgain } = useQuery(trpc.servers.defaults.queryOptions());
  const { data: servers = [] } = useQuery(trpc.servers.list.queryOptions());
  const resolver = useMemo(() => zodResolver(createFormSchema(new Set(servers.map(({ port }) => port)))), [servers]);
  const form = useForm<Values, unknown, Values>({
    resolver,
    mode: "onChange",
    defaultValues: draft ?? emptyCreateForm,
  });
  const create = useMutation(trpc.servers.create.mutationOptions());
  const { getValues, setValue, watch } = form;

  useEffect(() => {
    if (!defaults) return;
    if (defaults.port && Number.isNaN(getValues("port"))) setValue("port", defaults.port);
    if (getValues("launchKind") === null)
      setValue("launchKind", firstUsable(defaults.launchKinds, defaults.defaultLaunchKind));
  }, [defaults, getValues, setValue]);
  useEffect(() => {
    const subscription = watch((values) => saveDraft(window.sessionStorage, values));
    return () => subscription.unsubscribe();
  }, [watch]);
  useEffect(() => {
    if (failure) applyServerFaults(form, { error: failure, text: errorText(failure), fields: fieldNames });
  }, [failure, form, errorText]);

  const submit = form.handleSubmit(async (values) => {
    saveDraft(window.sessionStorage, values);
    try {
      const started = await create.mutateAsync(toCreateInput(values));
      if ("jobId" in started) onJob(started.jobId);
    } catch (error) {
      applyServerFaults(form, { error, text: errorText(error), fields: fieldNames });
      // An engine may have gone since the page was opened.
      void lookAgain();
    }
  });
  const shownFailure = create.error ?? failure;

  return (
    <Form {...form}>
      <form onSubmit={submit} noValidate className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid gap-4">
          <PartWhat />
          <PartWhere
            servers={servers}
            defaults={defaults ?? null}
            isChecking={isFetching}
            onCheck={() => void lookAgain()}
          />
          <PartRules />
          <PartName />
        </div>
        <Card className="lg:sticky lg:top-4">
          <CardHeader>
            <CardTitle>{t("summary.title")}</CardTitle>
          </CardHeader>
          <CardContent className="grid gap-4">
            <CreateSummary />
            {shownFailure != null && <CreateFailure error={shownFailure} />}
            <Button type="submit" disabled={create.isPending} className="w-full max-md:h-11">
              <PlusIcon aria-hidden="true" />
              {t(create.isPending ? "submitting" : "submit")}
            </Button>
          </CardContent>
        </Card>
      </form>
    </Form>
  );
}
