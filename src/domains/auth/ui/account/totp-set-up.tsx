"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useToastError } from "@/components/use-toast-error";
import { useTRPCClient } from "@/trpc/client";
import type { TotpBeginning } from "../../contract";
import { proofGivenUp, useProof } from "./proof-provider";
import { RecoveryCodesDialog } from "./recovery-codes-dialog";
import { TotpDialog } from "./totp-dialog";

/** The button that begins, the dialog with the picture, and the recovery codes at the end. */
export function TotpSetUp({ onDone, className }: { onDone: () => void; className?: string }) {
  const t = useTranslations("auth.totp");
  const client = useTRPCClient();
  const prove = useProof();
  const toastError = useToastError();
  const [beginning, setBeginning] = useState<TotpBeginning | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const begin = useMutation({
    mutationFn: () => prove((password) => client.auth.totpBegin.mutate({ password })),
    onSuccess: setBeginning,
    onError: (error) => error !== proofGivenUp && toastError(error),
  });
  return (
    <>
      <Button className={className} disabled={begin.isPending} onClick={() => begin.mutate()}>
        {t("setUp")}
      </Button>
      {beginning && (
        <TotpDialog
          beginning={beginning}
          onClose={() => setBeginning(null)}
          onConfirmed={(recoveryCodes) => {
            setBeginning(null);
            setCodes(recoveryCodes);
            toast.success(t("isOn"));
          }}
        />
      )}
      {codes && (
        <RecoveryCodesDialog
          codes={codes}
          onDone={() => {
            setCodes(null);
            onDone();
          }}
        />
      )}
    </>
  );
}
