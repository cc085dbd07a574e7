"use client";

import { CircleAlertIcon, InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { z } from "zod";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { zodResolver } from "@/components/zod-resolver";
import { credentialsSchema } from "../contract";
import { PasswordField } from "./password-field";
import type { SignInOutcome } from "./sign-in-outcome";
import { signInWithPassword } from "./sign-in-with-password";
import { UsernameField } from "./username-field";

type Credentials = z.infer<typeof credentialsSchema>;

interface LoginFormProps {
  /** A path of our own, already checked. */
  callbackPath: string;
  /** Why one is here, when it was not by choice. */
  notice?: "signedOut" | "ended";
}

export function LoginForm({ callbackPath, notice }: LoginFormProps) {
  const t = useTranslations("auth");
  const [outcome, setOutcome] = useState<SignInOutcome | null>(null);
  const form = useForm({ resolver: zodResolver(credentialsSchema), defaultValues: { username: "", password: "" } });

  const submit = form.handleSubmit(async (credentials) => {
    setOutcome(null);
    const result = await signInWithPassword(credentials);
    setOutcome(result);
    // A whole page load, so that nothing of another person's visit is left in memory.
    if (result.kind === "ok") window.location.assign(callbackPath);
    else form.setFocus("password");
  });
  const isBusy = form.formState.isSubmitting || outcome?.kind === "ok";

  return (
    <Form {...form}>
      <form method="post" onSubmit={submit} noValidate className="grid gap-4">
        {notice && !outcome && (
          <Alert role="status">
            <InfoIcon />
            <AlertDescription>{t(`login.${notice}`)}</AlertDescription>
          </Alert>
        )}
        {outcome && outcome.kind !== "ok" && (
          <Alert variant="destructive">
            <CircleAlertIcon />
            <AlertDescription>
              {outcome.kind === "limited" && t("login.rateLimited", { seconds: outcome.seconds })}
              {outcome.kind === "wrong" && t("login.wrong")}
              {outcome.kind === "unavailable" && t("login.unavailable")}
            </AlertDescription>
          </Alert>
        )}
        <UsernameField />
        <PasswordField<Credentials> name="password" label={t("password")} autoComplete="current-password" />
        <Button type="submit" disabled={isBusy} className="mt-2 w-full">
          {t(isBusy ? "login.submitting" : "login.submit")}
        </Button>
      </form>
    </Form>
  );
}
