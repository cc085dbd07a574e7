"use client";

import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
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
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { secondFactorCodeSchema } from "../../contract";
import { CodeField } from "../code-field";
import { proofGivenUp } from "./proof-provider";

const schema = z.object({ code: secondFactorCodeSchema });

interface CodeDialogProps {
  title: string;
  text: string;
  action: string;
  busyAction: string;
  isDestructive?: boolean;
  onCode: (code: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for a code of the authenticator app, or a recovery code, before something about it changes. */
export function CodeDialog({ title, text, action, busyAction, isDestructive, onCode, onClose }: CodeDialogProps) {
  const t = useTranslations();
  const errorText = useErrorText();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { code: "" } });
  const submit = form.handleSubmit(async ({ code }) => {
    setFault(null);
    try {
      await onCode(code);
    } catch (error) {
      if (error === proofGivenUp) return;
      const found = errorText(error);
      if (found.code === "CODE_WRONG") form.setError("code", { message: found.text }, { shouldFocus: true });
      else setFault(found.text);
    }
  });
  const { isSubmitting } = form.formState;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="sm:max-w-md">
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          <DialogDescription>{text}</DialogDescription>
        </DialogHeader>
        <Form {...form}>
          <form method="post" onSubmit={submit} noValidate className="grid gap-4">
            {fault && (
              <Alert variant="destructive">
                <CircleAlertIcon />
                <AlertDescription>{fault}</AlertDescription>
              </Alert>
            )}
            <CodeField label={t("auth.code.label")} hint={t("auth.code.hint")} takesRecoveryCodes />
            <DialogFooter>
              <Button variant="outline" className="max-md:h-11" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button
                type="submit"
                className="max-md:h-11"
                variant={isDestructive ? "destructive" : "default"}
                disabled={isSubmitting}
              >
                {isSubmitting ? busyAction : action}
              </Button>
            </DialogFooter>
          </form>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
