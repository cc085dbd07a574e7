"use client";

import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { zodResolver } from "@/components/zod-resolver";
import { credentialsSchema } from "../contract";
import type { Credentials } from "./login-form";
import { PasswordField } from "./password-field";
import type { SignInOutcome } from "./sign-in-outcome";
import { UsernameField } from "./username-field";

interface CredentialsStepProps {
  typed: Credentials;
  isDone: boolean;
  onCredentials: (credentials: Credentials) => Promise<SignInOutcome>;
}

export function CredentialsStep({ typed, isDone, onCredentials }: CredentialsStepProps) {
  const t = useTranslations("auth");
  const form = useForm({ resolver: zodResolver(credentialsSchema), defaultValues: typed });
  const submit = form.handleSubmit(async (credentials) => {
    const { kind } = await onCredentials(credentials);
    if (kind !== "ok" && kind !== "codeRequired") form.setFocus("password");
  });
  const isBusy = form.formState.isSubmitting || isDone;
  return (
    <Form {...form}>
      <form method="post" onSubmit={submit} noValidate className="grid gap-4">
        <UsernameField />
        <PasswordField<Credentials> name="password" label={t("password")} autoComplete="current-password" />
        <Button type="submit" disabled={isBusy} className="mt-2 w-full max-md:h-11">
          {t(isBusy ? "login.submitting" : "login.submit")}
        </Button>
      </form>
    </Form>
  );
}
