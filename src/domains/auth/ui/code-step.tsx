"use client";

import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { Button } from "@/components/ui/button";
import { Form } from "@/components/ui/form";
import { zodResolver } from "@/components/zod-resolver";
import { secondFactorCodeSchema } from "../contract";
import { CodeField } from "./code-field";
import type { SignInOutcome } from "./sign-in-outcome";

const schema = z.object({ code: secondFactorCodeSchema });

interface CodeStepProps {
  username: string;
  isDone: boolean;
  onCode: (code: string) => Promise<SignInOutcome>;
  onBack: () => void;
}

/** The second step of signing in. Its field has the focus when it appears and after every wrong code. */
export function CodeStep({ username, isDone, onCode, onBack }: CodeStepProps) {
  const t = useTranslations("auth.code");
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { code: "" } });
  const submit = form.handleSubmit(async ({ code }) => {
    const { kind } = await onCode(code);
    // The password no longer holds: it was changed in between.
    if (kind === "wrong") onBack();
    else if (kind !== "ok") form.setFocus("code", { shouldSelect: true });
  });
  const isBusy = form.formState.isSubmitting || isDone;
  return (
    <Form {...form}>
      <form method="post" onSubmit={submit} noValidate className="grid gap-4">
        <p className="text-pretty text-muted-foreground">
          {t.rich("text", {
            username,
            name: (text) => <strong className="break-all text-foreground">{text}</strong>,
          })}
        </p>
        <CodeField label={t("label")} hint={t("hint")} takesRecoveryCodes autoFocus />
        <div className="mt-2 grid gap-2">
          <Button type="submit" disabled={isBusy} className="w-full max-md:h-11">
            {t(isBusy ? "submitting" : "submit")}
          </Button>
          <Button variant="ghost" disabled={isBusy} className="w-full max-md:h-11" onClick={onBack}>
            {t("back")}
          </Button>
        </div>
      </form>
    </Form>
  );
}
