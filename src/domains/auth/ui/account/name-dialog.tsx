"use client";

import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import { LabelledField } from "@/components/labelled-field";
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
import { useErrorText } from "@/components/use-error-text";
import { zodResolver } from "@/components/zod-resolver";
import { passkeyNameSchema } from "../../contract";
import { proofGivenUp } from "./proof-provider";

const schema = z.object({ name: passkeyNameSchema });

interface NameDialogProps {
  title: string;
  text?: string;
  name: string;
  action: string;
  busyAction: string;
  /** Resolves with what to say when it did not work out; failures of calls are rejections. */
  onName: (name: string) => Promise<string | null>;
  onClose: () => void;
}

/** Asks for the name of a passkey. */
export function NameDialog({ title, text, name, action, busyAction, onName, onClose }: NameDialogProps) {
  const t = useTranslations();
  const errorText = useErrorText();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { name } });
  const submit = form.handleSubmit(async (typed) => {
    setFault(null);
    try {
      setFault(await onName(typed.name));
    } catch (error) {
      if (error !== proofGivenUp) setFault(errorText(error).text);
    }
  });
  const { isSubmitting } = form.formState;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="sm:max-w-md" aria-describedby={text ? undefined : ""}>
        <DialogHeader>
          <DialogTitle>{title}</DialogTitle>
          {text && <DialogDescription>{text}</DialogDescription>}
        </DialogHeader>
        <Form {...form}>
          <form method="post" onSubmit={submit} noValidate className="grid gap-4">
            {fault && (
              <Alert variant="destructive">
                <CircleAlertIcon />
                <AlertDescription>{fault}</AlertDescription>
              </Alert>
            )}
            <LabelledField control={form.control} name="name" label={t("auth.passkeys.name")}>
              {(field) => <Input {...field} maxLength={60} autoComplete="off" className="max-md:h-11" />}
            </LabelledField>
            <DialogFooter>
              <Button variant="outline" className="max-md:h-11" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" className="max-md:h-11" disabled={isSubmitting}>
                {isSubmitting ? busyAction : action}
              </Button>
            </DialogFooter>
          </form>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
