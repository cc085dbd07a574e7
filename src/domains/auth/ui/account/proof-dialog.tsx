"use client";

import { useTranslations } from "next-intl";
import { useForm } from "react-hook-form";
import { z } from "zod";
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
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { PasswordField } from "../password-field";
import { HiddenUsername } from "./hidden-username";

const schema = z.object({ password: z.string().min(1).max(200) });
type Fields = z.infer<typeof schema>;

interface ProofDialogProps {
  onAnswer: (password: string) => Promise<void>;
  onGiveUp: () => void;
}

/** Asks for the password once more. */
export function ProofDialog({ onAnswer, onGiveUp }: ProofDialogProps) {
  const t = useTranslations("auth");
  const tCommon = useTranslations("common");
  const errorText = useErrorText();
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { password: "" } });
  const submit = form.handleSubmit(async ({ password }) => {
    try {
      await onAnswer(password);
    } catch (error) {
      form.setError("password", { message: errorText(error).text }, { shouldFocus: true });
    }
  });
  const { isSubmitting } = form.formState;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onGiveUp()}>
      <DialogContent className="sm:max-w-sm">
        <DialogHeader>
          <DialogTitle>{t("proof.title")}</DialogTitle>
          <DialogDescription>{t("proof.text")}</DialogDescription>
        </DialogHeader>
        <Form {...form}>
          <form
            method="post"
            noValidate
            className="grid gap-4"
            onSubmit={(event) => {
              // React hands the event of a portal to the form around it as well, which must not be sent.
              event.stopPropagation();
              void submit(event);
            }}
          >
            <HiddenUsername />
            <PasswordField<Fields> name="password" label={t("password")} autoComplete="current-password" />
            <DialogFooter>
              <Button variant="outline" onClick={onGiveUp}>
                {tCommon("cancel")}
              </Button>
              <Button type="submit" disabled={isSubmitting}>
                {t(isSubmitting ? "proof.submitting" : "proof.submit")}
              </Button>
            </DialogFooter>
          </form>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
