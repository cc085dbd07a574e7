"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/lib/cn";
import { useTRPCClient } from "@/trpc/client";
import { useMe } from "../use-me";
import { CodeDialog } from "./code-dialog";
import { useProof } from "./proof-provider";
import { RecoveryCodesDialog } from "./recovery-codes-dialog";
import { TotpSetUp } from "./totp-set-up";
import { useRenewMe } from "./use-renew-me";

const fewCodes = 3;

/** The authenticator app: set up, taken away, and its recovery codes. */
export function TotpCard() {
  const t = useTranslations("auth.totp");
  const client = useTRPCClient();
  const prove = useProof();
  const renewMe = useRenewMe();
  const { hasTotp, recoveryCodesLeft } = useMe();
  const [open, setOpen] = useState<"newCodes" | "turnOff" | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => setOpen(null);
  const hasFew = recoveryCodesLeft <= fewCodes;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="flex items-center gap-2">
          {t("title")}
          <Badge variant={hasTotp ? "success" : "muted"}>{t(hasTotp ? "on" : "off")}</Badge>
        </CardTitle>
        <CardDescription className="max-sm:col-span-2">{t("text")}</CardDescription>
        {!hasTotp && (
          <CardAction className="max-sm:row-span-1">
            <TotpSetUp onDone={renewMe} />
          </CardAction>
        )}
      </CardHeader>
      {hasTotp && (
        <CardContent className="flex flex-wrap items-center justify-between gap-3">
          <p className={cn(hasFew && "text-warning")}>
            {t("codesLeft", { count: recoveryCodesLeft })}
            {hasFew && ` · ${t("fewLeft")}`}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button variant="outline" size="sm" className="max-md:h-11" onClick={() => setOpen("newCodes")}>
              {t("newCodes")}
            </Button>
            <Button variant="outline" size="sm" className="max-md:h-11" onClick={() => setOpen("turnOff")}>
              {t("turnOff")}
            </Button>
          </div>
        </CardContent>
      )}
      {open === "newCodes" && (
        <CodeDialog
          title={t("newCodes")}
          text={t("newCodesText")}
          action={t("make")}
          busyAction={t("making")}
          onClose={close}
          onCode={async (code) => {
            const made = await prove((password) => client.auth.newRecoveryCodes.mutate({ code, password }));
            close();
            setCodes(made.recoveryCodes);
          }}
        />
      )}
      {open === "turnOff" && (
        <CodeDialog
          title={t("turnOffTitle")}
          text={t("turnOffText")}
          action={t("turnOff")}
          busyAction={t("turningOff")}
          isDestructive
          onClose={close}
          onCode={async (code) => {
            await prove((password) => client.auth.totpDisable.mutate({ code, password }));
            close();
            toast.success(t("isOff"));
            await renewMe();
          }}
        />
      )}
      {codes && (
        <RecoveryCodesDialog
          codes={codes}
          onDone={() => {
            setCodes(null);
            void renewMe();
          }}
        />
      )}
    </Card>
  );
}
