"use client";

import { TriangleAlertIcon } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
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
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import type { ResetLink } from "../../contract";

interface ResetLinkDialogProps {
  name: string;
  link: ResetLink;
  onClose: () => void;
}

/** The link to a new password, this once. A click beside it does not close it. */
export function ResetLinkDialog({ name, link, onClose }: ResetLinkDialogProps) {
  const t = useTranslations("users.signIn");
  const format = useFormatter();
  const address = link.url ?? new URL(link.path, window.location.origin).href;
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent onInteractOutside={(event) => event.preventDefault()}>
        <DialogHeader>
          <DialogTitle>{t("resetTitle", { name })}</DialogTitle>
          <DialogDescription>{t("validUntil", { time: format.dateTime(link.expiresAt, "short") })}</DialogDescription>
        </DialogHeader>
        <div className="grid gap-2">
          <Label htmlFor="reset-link">{t("resetLabel")}</Label>
          <div className="flex items-center gap-2">
            <Input
              id="reset-link"
              readOnly
              value={address}
              onFocus={(event) => event.target.select()}
              className="font-mono text-xs"
            />
            <CopyButton value={address} label={t("copyLink")} className="size-9 shrink-0 border border-input" />
          </div>
        </div>
        <Alert variant="warning" role="note">
          <TriangleAlertIcon />
          <AlertDescription>{t("resetOnce")}</AlertDescription>
        </Alert>
        <DialogFooter>
          <Button onClick={onClose} className="max-md:h-11">
            {t("close")}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
