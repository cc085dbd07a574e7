"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlertIcon } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { type UseFormReturn, useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import { LabelledField } from "@/components/labelled-field";
import { setFieldErrors } from "@/components/set-field-errors";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { useTRPC } from "@/trpc/client";
import { createTokenInputSchema } from "../../contract";
import { ScopesField } from "./scopes-field";
import type { MadeToken } from "./shown-token-dialog";

export type TokenFields = z.input<typeof createTokenInputSchema>;
type CheckedFields = z.output<typeof createTokenInputSchema>;
type TokenForm = UseFormReturn<TokenFields, unknown, CheckedFields>;

const dayChoices = [7, 30, 90, 180, 365];
const dayMs = 86_400_000;

interface CreateTokenDialogProps {
  onMade: (made: MadeToken) => void;
  onClose: () => void;
}

/** Name, days and rights of a new token. What was entered stays when the server refuses it. */
export function CreateTokenDialog({ onMade, onClose }: CreateTokenDialogProps) {
  const t = useTranslations("auth.tokens");
  const tCommon = useTranslations("common");
  const errorText = useErrorText();
  const form: TokenForm = useForm({
    resolver: zodResolver(createTokenInputSchema),
    defaultValues: { name: "", scopes: null, expiresInDays: 90 },
  });
  const create = useMutation(useTRPC().auth.createToken.mutationOptions());
  const submit = form.handleSubmit(async (fields) => {
    try {
      const { token } = await create.mutateAsync(fields);
      onMade({ name: fields.name, token });
    } catch (error) {
      setFieldErrors(form, error);
    }
  });
  const { isSubmitting, errors } = form.formState;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>{t("createTitle")}</DialogTitle>
          <DialogDescription>{t("createText")}</DialogDescription>
        </DialogHeader>
        <Form {...form}>
          <form method="post" onSubmit={submit} noValidate className="grid min-w-0 gap-4">
            {create.error && Object.keys(errors).length === 0 && (
              <Alert variant="destructive">
                <CircleAlertIcon />
                <AlertDescription>{errorText(create.error).text}</AlertDescription>
              </Alert>
            )}
            <LabelledField control={form.control} name="name" label={t("name")} hint={t("nameHint")}>
              {(field) => <Input {...field} maxLength={60} autoComplete="off" className="max-md:h-11" />}
            </LabelledField>
            <DaysField form={form} />
            <ScopesField />
            <DialogFooter>
              <Button variant="outline" className="max-md:h-11" onClick={onClose}>
                {tCommon("cancel")}
              </Button>
              <Button type="submit" className="max-md:h-11" disabled={isSubmitting}>
                {t(isSubmitting ? "submitting" : "submit")}
              </Button>
            </DialogFooter>
          </form>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

function DaysField({ form: { control } }: { form: TokenForm }) {
  const t = useTranslations("auth.tokens");
  const format = useFormatter();
  const now = useNow();
  const days = useWatch({ control, name: "expiresInDays" }) ?? 90;
  const until = format.dateTime(new Date(now.getTime() + days * dayMs), "day");
  return (
    <LabelledField control={control} name="expiresInDays" label={t("days")} hint={t("until", { date: until })}>
      {(field) => <DaysSelect {...field} value={days} />}
    </LabelledField>
  );
}

interface DaysSelectProps extends Omit<ComponentProps<typeof SelectTrigger>, "value" | "onChange"> {
  value: number;
  onChange: (days: number) => void;
}

function DaysSelect({ value, onChange, ...field }: DaysSelectProps) {
  const t = useTranslations("auth.tokens");
  return (
    <Select value={String(value)} onValueChange={(text) => onChange(Number(text))}>
      <SelectTrigger {...field} className="w-full max-md:h-11">
        <SelectValue />
      </SelectTrigger>
      <SelectContent>
        {dayChoices.map((count) => (
          <SelectItem key={count} value={String(count)}>
            {t("dayCount", { count })}
          </SelectItem>
        ))}
      </SelectContent>
    </Select>
  );
}
