"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlertIcon, CircleCheckIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { setFieldErrors } from "@/components/set-field-errors";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Form } from "@/components/ui/form";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { useTRPC } from "@/trpc/client";
import { NewPasswordFields } from "../new-password-fields";
import { changePasswordFormSchema } from "../new-password-schema";
import { PasswordField } from "../password-field";
import { useMe } from "../use-me";
import { arriveAnew } from "./arrive-anew";
import { HiddenUsername } from "./hidden-username";

type Fields = z.infer<typeof changePasswordFormSchema>;

/**
 * Changes the password, which ends every session, this one too. Where the password alone signs in, it does so at once with the
 * new one; elsewhere the person signs in again.
 */
export function PasswordCard({ isChanged }: { isChanged: boolean }) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const { username, hasTotp, mustEnrol } = useMe();
  const [isLeaving, setLeaving] = useState(false);
  const form = useForm({
    resolver: zodResolver(changePasswordFormSchema),
    defaultValues: { password: "", newPassword: "", passwordRepeat: "" },
  });
  const change = useMutation(useTRPC().auth.changePassword.mutationOptions());
  const submit = form.handleSubmit(async ({ password, newPassword }) => {
    if (password === newPassword)
      return form.setError("newPassword", { message: t("changePassword.same") }, { shouldFocus: true });
    try {
      await arriveAnew(() => change.mutateAsync({ password, newPassword }), { username, password: newPassword });
      setLeaving(true);
    } catch (error) {
      const { code, text } = errorText(error);
      if (code === "PASSWORD_TOO_COMMON") form.setError("newPassword", { message: text }, { shouldFocus: true });
      else if (code === "PASSWORD_WRONG") form.setError("password", { message: text }, { shouldFocus: true });
      else setFieldErrors(form, error);
    }
  });
  const isBusy = form.formState.isSubmitting || isLeaving;
  const hasFieldError = Object.keys(form.formState.errors).length > 0;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("changePassword.title")}</CardTitle>
        <CardDescription>{t(hasTotp || mustEnrol ? "changePassword.textTotp" : "changePassword.text")}</CardDescription>
      </CardHeader>
      <CardContent>
        <Form {...form}>
          <form method="post" onSubmit={submit} noValidate className="grid max-w-sm gap-4">
            {isChanged && !form.formState.isDirty && (
              <Alert variant="success" role="status">
                <CircleCheckIcon />
                <AlertDescription>{t("changePassword.done")}</AlertDescription>
              </Alert>
            )}
            {change.error && !hasFieldError && (
              <Alert variant="destructive">
                <CircleAlertIcon />
                <AlertDescription>{errorText(change.error).text}</AlertDescription>
              </Alert>
            )}
            <HiddenUsername />
            <PasswordField<Fields>
              name="password"
              label={t("changePassword.present")}
              autoComplete="current-password"
            />
            <NewPasswordFields
              label={t("newPassword")}
              repeatLabel={t("newPasswordRepeat")}
              hint={t("setup.passwordHint")}
            />
            <Button type="submit" disabled={isBusy} className="mt-2 w-fit max-md:h-11 max-md:w-full">
              {t(isBusy ? "changePassword.submitting" : "changePassword.submit")}
            </Button>
          </form>
        </Form>
      </CardContent>
    </Card>
  );
}
