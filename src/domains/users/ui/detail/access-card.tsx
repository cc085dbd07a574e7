"use client";

import { useMutation } from "@tanstack/react-query";
import { LinkIcon, ShieldOffIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfirmDialog } from "@/components/confirm-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { useToastError } from "@/components/use-toast-error";
import { useTRPC } from "@/trpc/client";
import type { User } from "../../contract";
import { useUserChange } from "../use-user-change";
import { SecondFactorMark } from "../user-marks";
import { ResetLinkDialog } from "./reset-link-dialog";

/** Help for somebody who cannot get in: a link for a new password, and the second factor taken away. */
export function AccessCard({ user }: { user: User }) {
  const t = useTranslations("users.signIn");
  const trpc = useTRPC();
  const [isAsking, setAsking] = useState(false);
  const name = user.username;
  const link = useMutation(trpc.users.createResetLink.mutationOptions({ onError: useToastError() }));
  const remove = useMutation(
    trpc.users.resetSecondFactor.mutationOptions(useUserChange()(() => t("removed", { name }))),
  );
  const hasFactor = user.hasTotp || user.hasPasskey;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardDescription>{t("text")}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        <div className="grid justify-items-start gap-2">
          <p className="text-muted-foreground">{t("resetText", { name })}</p>
          <Button
            variant="outline"
            size="sm"
            disabled={link.isPending}
            className="max-md:h-11"
            onClick={() => link.mutate({ userId: user.id })}
          >
            <LinkIcon />
            {t("reset")}
          </Button>
        </div>
        <div className="grid justify-items-start gap-2 border-t pt-4">
          {hasFactor ? (
            <>
              <p className="flex flex-wrap gap-x-3">
                <span className="text-muted-foreground">{t("factor")}</span>
                <SecondFactorMark user={user} />
              </p>
              <Button
                variant="outline"
                size="sm"
                disabled={remove.isPending}
                className="max-md:h-11"
                onClick={() => setAsking(true)}
              >
                <ShieldOffIcon />
                {t("removeFactor")}
              </Button>
            </>
          ) : (
            <p className="text-muted-foreground">{t("noFactor")}</p>
          )}
        </div>
        {link.data && <ResetLinkDialog name={name} link={link.data} onClose={() => link.reset()} />}
        {isAsking && (
          <ConfirmDialog
            title={t("removeTitle", { name })}
            text={t("removeText", { name })}
            action={t("removeFactor")}
            onConfirm={() => remove.mutate({ userId: user.id })}
            onClose={() => setAsking(false)}
          />
        )}
      </CardContent>
    </Card>
  );
}
