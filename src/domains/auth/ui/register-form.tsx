"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { setFieldErrors } from "@/components/set-field-errors";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { useTRPC } from "@/trpc/client";
import { RegisterClosed } from "./register-closed";
import { SetupFields } from "./setup-fields";
import { setupFormSchema } from "./setup-form-schema";
import { signInWithPassword } from "./sign-in-with-password";

/** Asks for an account, then signs in with it: what shows next is the page that waits for approval. */
export function RegisterForm() {
  const t = useTranslations("auth.register");
  const errorText = useErrorText();
  const [isLeaving, setIsLeaving] = useState(false);
  const form = useForm({
    resolver: zodResolver(setupFormSchema),
    defaultValues: { username: "", password: "", passwordRepeat: "" },
  });
  const register = useMutation(useTRPC().auth.register.mutationOptions());

  const submit = form.handleSubmit(async ({ username, password }) => {
    try {
      await register.mutateAsync({ username, password });
    } catch (error) {
      const { code, text } = errorText(error);
      if (code === "PASSWORD_TOO_COMMON") form.setError("password", { message: text }, { shouldFocus: true });
      else if (code === "USERNAME_TAKEN") form.setError("username", { message: text }, { shouldFocus: true });
      else setFieldErrors(form, error);
      return;
    }
    setIsLeaving(true);
    const { kind } = await signInWithPassword({ username, password });
    window.location.assign(kind === "ok" ? "/servers" : "/login?registered=1");
  });

  const { error } = register;
  const failure = error && errorText(error);
  if (failure?.code === "REGISTRATION_CLOSED") return <RegisterClosed />;
  const isBusy = form.formState.isSubmitting || isLeaving;
  const hasFieldError = Object.keys(form.formState.errors).length > 0;
  return (
    <Form {...form}>
      <form method="post" onSubmit={submit} noValidate className="grid gap-4">
        {failure && !hasFieldError && (
          <Alert variant="destructive">
            <CircleAlertIcon />
            <AlertDescription>{failure.text}</AlertDescription>
          </Alert>
        )}
        <SetupFields form={form} />
        <Button type="submit" disabled={isBusy} className="mt-2 w-full max-md:h-11">
          {t(isBusy ? "submitting" : "submit")}
        </Button>
      </form>
    </Form>
  );
}
