"use client";

import { CircleAlertIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { CopyButton } from "@/components/copy-button";
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
import { useTRPCClient } from "@/trpc/client";
import { type TotpBeginning, totpConfirmInputSchema } from "../../contract";
import { CodeField } from "../code-field";
import { QrCode } from "./qr-code";

interface TotpDialogProps {
  beginning: TotpBeginning;
  onClose: () => void;
  onConfirmed: (recoveryCodes: readonly string[]) => void;
}

/** The seed as a picture and as text, and the first code of the app as the proof that it has it. */
export function TotpDialog({ beginning, onClose, onConfirmed }: TotpDialogProps) {
  const t = useTranslations("auth.totp");
  const tCommon = useTranslations("common");
  const errorText = useErrorText();
  const client = useTRPCClient();
  const [fault, setFault] = useState<string | null>(null);
  const form = useForm({ resolver: zodResolver(totpConfirmInputSchema), defaultValues: { code: "" } });
  const submit = form.handleSubmit(async ({ code }) => {
    setFault(null);
    try {
      onConfirmed((await client.auth.totpConfirm.mutate({ code })).recoveryCodes);
    } catch (error) {
      const found = errorText(error);
      if (found.code === "CODE_WRONG") form.setError("code", { message: found.text }, { shouldFocus: true });
      else setFault(found.text);
    }
  });
  const { isSubmitting } = form.formState;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent
        className="sm:max-w-md"
        // The field is where one goes on; on a phone its keyboard would hide the picture.
        onOpenAutoFocus={(event) => {
          if (window.matchMedia("(pointer: coarse)").matches) return;
          event.preventDefault();
          form.setFocus("code");
        }}
      >
        <DialogHeader>
          <DialogTitle>{t("dialogTitle")}</DialogTitle>
          <DialogDescription>{t("dialogText")}</DialogDescription>
        </DialogHeader>
        <QrCode text={beginning.uri} label={t("qr")} className="mx-auto size-48" />
        <div className="grid gap-1">
          <p className="text-muted-foreground">{t("secret")}</p>
          <div className="flex items-center gap-2 rounded-md border bg-muted px-3 py-1.5">
            <code className="min-w-0 flex-1 font-mono text-sm break-all">
              {beginning.secret.replace(/(.{4})(?=.)/g, "$1 ")}
            </code>
            <CopyButton value={beginning.secret} label={t("copySecret")} />
          </div>
        </div>
        <Form {...form}>
          <form method="post" onSubmit={submit} noValidate className="grid gap-4">
            {fault && (
              <Alert variant="destructive">
                <CircleAlertIcon />
                <AlertDescription>{fault}</AlertDescription>
              </Alert>
            )}
            <CodeField label={t("code")} hint={t("codeHint")} />
            <DialogFooter>
              <Button variant="outline" className="max-md:h-11" onClick={onClose}>
                {tCommon("cancel")}
              </Button>
              <Button type="submit" className="max-md:h-11" disabled={isSubmitting}>
                {t(isSubmitting ? "confirming" : "confirm")}
              </Button>
            </DialogFooter>
          </form>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
