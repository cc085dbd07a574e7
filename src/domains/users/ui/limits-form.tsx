"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useForm } from "react-hook-form";
import { LabelledField } from "@/components/labelled-field";
import { setFieldErrors } from "@/components/set-field-errors";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { limitNames, type UserLimits } from "../contract";
import { limitsFormSchema } from "./strictest-limit";
import { useLimitText } from "./use-limit-text";

interface LimitsFormProps {
  limits: UserLimits;
  canChange: boolean;
  /** Throws what the server refused. */
  onSave: (limits: UserLimits) => Promise<unknown>;
  /** What to say below a limit, from what is typed. */
  hint?: (name: keyof UserLimits, typed: number | null) => ReactNode;
}

/** The six limits of one layer; an empty field is no limit. Nothing typed is lost by a save that fails. */
export function LimitsForm({ limits, canChange, onSave, hint }: LimitsFormProps) {
  const t = useTranslations("users.limits");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const limitText = useLimitText();
  const label = (name: keyof UserLimits) =>
    name === "maxBackups" || name === "maxServers"
      ? t(`names.${name}`)
      : t("labelWithUnit", { name: t(`names.${name}`), unit: t(`units.${name}`) });
  const [isSaving, setSaving] = useState(false);
  const form = useForm<UserLimits, unknown, UserLimits>({
    resolver: zodResolver(limitsFormSchema),
    mode: "onChange",
    values: limits,
    resetOptions: { keepDirtyValues: true },
  });
  if (!canChange) {
    return (
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        {limitNames.map((name) => (
          <div key={name} className="grid content-start gap-0.5">
            <dt className="text-muted-foreground">{t(`names.${name}`)}</dt>
            <dd className="font-medium tabular-nums">{limitText(name, limits[name])}</dd>
            {hint && <dd className="text-xs text-muted-foreground">{hint(name, limits[name])}</dd>}
          </div>
        ))}
      </dl>
    );
  }
  const save = form.handleSubmit(async (wanted) => {
    setSaving(true);
    try {
      await onSave(wanted);
      form.reset(wanted);
    } catch (error) {
      if (!setFieldErrors(form, error)) form.setError("root", { message: errorText(error).text });
    } finally {
      setSaving(false);
    }
  });
  const { isDirty, errors } = form.formState;
  return (
    <Form {...form}>
      <form noValidate onSubmit={save} className="grid gap-4">
        <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2 xl:grid-cols-3">
          {limitNames.map((name) => (
            <LabelledField
              key={name}
              control={form.control}
              name={name}
              label={label(name)}
              hint={<div className="grid gap-0.5 text-xs text-muted-foreground">{hint?.(name, form.watch(name))}</div>}
            >
              {({ value, onChange, ...field }) => (
                <Input
                  {...field}
                  type="number"
                  inputMode="numeric"
                  min={0}
                  placeholder={t("none")}
                  value={value ?? ""}
                  onChange={({ target }) => onChange(Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber)}
                  className="tabular-nums max-md:h-11"
                />
              )}
            </LabelledField>
          ))}
        </div>
        <p role="alert" className="text-sm text-destructive empty:hidden">
          {errors.root?.message}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={!isDirty || isSaving} className="max-md:h-11">
            {isSaving ? common("saving") : t("save")}
          </Button>
          {isDirty && (
            <Button variant="ghost" onClick={() => form.reset(limits)} className="max-md:h-11">
              {common("reset")}
            </Button>
          )}
        </div>
      </form>
    </Form>
  );
}
