"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { errorBodyOf } from "@/components/error-body";
import { setFieldErrors } from "@/components/set-field-errors";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { useTRPC } from "@/trpc/client";
import { NewPasswordFields } from "./new-password-fields";
import { resetFormSchema } from "./new-password-schema";
import { ResetProblem } from "./reset-problem";

/** A new password by the secret of a link, then to sign-in. */
export function ResetForm({ secret }: { secret: string }) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const form = useForm({
    resolver: zodResolver(resetFormSchema),
    defaultValues: { newPassword: "", passwordRepeat: "" },
  });
  const reset = useMutation(useTRPC().auth.resetPassword.mutationOptions());
  const submit = form.handleSubmit(async ({ newPassword }) => {
    try {
      await reset.mutateAsync({ secret, newPassword });
    } catch (error) {
      const { code, text } = errorText(error);
      if (code === "PASSWORD_TOO_COMMON") form.setError("newPassword", { message: text }, { shouldFocus: true });
      else setFieldErrors(form, error);
      return;
    }
    window.location.assign("/login?reset=1");
  });

  if (errorBodyOf(reset.error)?.code === "RESET_LINK_INVALID") return <ResetProblem />;
  const isBusy = form.formState.isSubmitting || reset.isSuccess;
  const hasFieldError = Object.keys(form.formState.errors).length > 0;
  return (
    <Form {...form}>
      <form method="post" onSubmit={submit} noValidate className="grid gap-4">
        {reset.error && !hasFieldError && (
          <Alert variant="destructive">
            <CircleAlertIcon />
            <AlertDescription>{errorText(reset.error).text}</AlertDescription>
          </Alert>
        )}
        <NewPasswordFields
          label={t("newPassword")}
          repeatLabel={t("newPasswordRepeat")}
          hint={t("setup.passwordHint")}
        />
        <Button type="submit" disabled={isBusy} className="mt-2 w-full max-md:h-11">
          {t(isBusy ? "reset.submitting" : "reset.submit")}
        </Button>
      </form>
    </Form>
  );
}
