"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { errorBodyOf } from "@/components/error-body";
import { setFieldErrors } from "@/components/set-field-errors";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { useTRPC } from "@/trpc/client";
import { SetupFields } from "./setup-fields";
import { setupFormSchema } from "./setup-form-schema";
import { SetupProblem } from "./setup-problem";
import { signInWithPassword } from "./sign-in-with-password";

/** Creates the administrator by the secret of the set-up link, then signs in as it. */
export function SetupForm({ secret }: { secret: string }) {
  const t = useTranslations("auth.setup");
  const errorText = useErrorText();
  const [isLeaving, setIsLeaving] = useState(false);
  const form = useForm({
    resolver: zodResolver(setupFormSchema),
    defaultValues: { username: "", password: "", passwordRepeat: "" },
  });
  const setup = useMutation(useTRPC().auth.setup.mutationOptions());

  const submit = form.handleSubmit(async ({ username, password }) => {
    try {
      await setup.mutateAsync({ secret, username, password });
    } catch (error) {
      const { code, text } = errorText(error);
      if (code === "PASSWORD_TOO_COMMON") form.setError("password", { message: text }, { shouldFocus: true });
      else setFieldErrors(form, error);
      return;
    }
    setIsLeaving(true);
    const { kind } = await signInWithPassword({ username, password });
    window.location.assign(kind === "ok" ? "/servers" : "/login");
  });

  const code = errorBodyOf(setup.error)?.code;
  if (code === "SETUP_LINK_INVALID") return <SetupProblem kind="badLink" />;
  if (code === "SETUP_DONE") return <SetupProblem kind="done" />;
  const isBusy = form.formState.isSubmitting || isLeaving;
  const hasFieldError = Object.keys(form.formState.errors).length > 0;

  return (
    <Form {...form}>
      <form method="post" onSubmit={submit} noValidate className="grid gap-4">
        {setup.error && !hasFieldError && (
          <Alert variant="destructive">
            <CircleAlertIcon />
            <AlertDescription>{errorText(setup.error).text}</AlertDescription>
          </Alert>
        )}
        <SetupFields form={form} />
        <Button type="submit" disabled={isBusy} className="mt-2 w-full">
          {t(isBusy ? "submitting" : "submit")}
        </Button>
      </form>
    </Form>
  );
}
