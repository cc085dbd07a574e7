"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTimeZone, useTranslations } from "next-intl";
import { useEffect } from "react";
import { useForm, useWatch } from "react-hook-form";
import { toast } from "sonner";
import { errorBodyOf } from "@/components/error-body";
import { setFieldErrors } from "@/components/set-field-errors";
import { Card, CardContent } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { NumberField } from "@/domains/servers/ui/number-field";
import { FormFoot } from "@/domains/servers/ui/settings/form-foot";
import { SwitchField } from "@/domains/servers/ui/switch-field";
import { useTRPC } from "@/trpc/client";
import type { Schedule, ScheduleState } from "../../contract";
import { ResourceChoice } from "../resource-choice";
import { RetentionFields } from "./retention-fields";
import {
  type ScheduleForm as Fields,
  faultyField,
  fromScheduleForm,
  scheduleFormSchema,
  toScheduleForm,
} from "./schedule-form-schema";
import { TimingFields } from "./timing-fields";

interface ScheduleFormProps {
  serverId: string;
  state: ScheduleState;
  canChange: boolean;
  /** What is being edited and could be saved; null: nothing is, or it could not. */
  onDraft: (draft: Schedule | null) => void;
}

/** When snapshots are taken by themselves and how long they stay. Nothing typed is lost by a save that fails. */
export function ScheduleForm({ serverId, state, canChange, onDraft }: ScheduleFormProps) {
  const t = useTranslations("snapshots.scheduleForm");
  const sent = useTranslations("snapshots.sent");
  const viewerZone = useTimeZone() ?? "UTC";
  const trpc = useTRPC();
  const client = useQueryClient();
  const errorText = useErrorText();
  const valuesOf = (schedule: Schedule) => toScheduleForm(schedule, viewerZone);
  const form = useForm<Fields, unknown, Fields>({
    resolver: zodResolver(scheduleFormSchema),
    mode: "onChange",
    values: valuesOf(state.schedule),
    resetOptions: { keepDirtyValues: true },
  });
  const { isDirty } = form.formState;
  const edited = useWatch({ control: form.control });
  useEffect(() => {
    const parsed = scheduleFormSchema.safeParse(edited);
    onDraft(isDirty && parsed.success ? fromScheduleForm(parsed.data) : null);
  }, [isDirty, edited, onDraft]);
  const save = useMutation(trpc.snapshots.setSchedule.mutationOptions());
  const [resource, hasDrill] = useWatch({ control: form.control, name: ["resource", "hasDrill"] });
  const submit = form.handleSubmit(async (fields) => {
    try {
      const saved = await save.mutateAsync({ serverId, ...fromScheduleForm(fields) });
      client.setQueryData(trpc.snapshots.getSchedule.queryKey({ serverId }), saved);
      form.reset(valuesOf(saved.schedule));
      toast.success(sent("schedule"));
    } catch (error) {
      const body = errorBodyOf(error);
      const field = body && faultyField(body, fields.kind);
      if (field) form.setError(field, { type: "server", message: errorText(error).text }, { shouldFocus: true });
      else setFieldErrors(form, error);
    }
  });
  return (
    <Form {...form}>
      <form onSubmit={submit} noValidate aria-label={t("title")}>
        <Card className="gap-5">
          <CardContent>
            <fieldset disabled={!canChange} className="grid min-w-0 gap-6">
              <legend className="sr-only">{t("title")}</legend>
              <SwitchField<Fields> name="isEnabled" label={t("isEnabled")} text={t("isEnabledText")} />
              <TimingFields />
              <ResourceChoice
                label={t("what")}
                value={resource}
                onChange={(value) => form.setValue("resource", value, { shouldDirty: true })}
                choices={[
                  { value: "server_full", label: t("wholeServer") },
                  { value: "world", label: t("worldOnly") },
                ]}
              />
              <SwitchField<Fields> name="onlyIfPlayed" label={t("onlyIfPlayed")} text={t("onlyIfPlayedText")} />
              <SwitchField<Fields>
                name="isCrashConsistentAllowed"
                label={t("crashConsistent")}
                text={t("crashConsistentText")}
              />
              <RetentionFields />
              <SwitchField<Fields> name="hasDrill" label={t("drill")} text={t("drillText")} />
              {hasDrill && (
                <div className="sm:max-w-xs">
                  <NumberField<Fields> name="drillEveryHours" label={t("drillEveryHours")} />
                </div>
              )}
            </fieldset>
          </CardContent>
          {canChange && (
            <FormFoot
              error={save.error}
              isSaving={save.isPending}
              onReset={() => {
                save.reset();
                form.reset(valuesOf(state.schedule));
              }}
            />
          )}
        </Card>
      </form>
    </Form>
  );
}
