"use client";

import { FingerprintIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useErrorText } from "@/components/use-error-text";
import { useTRPCClient } from "@/trpc/client";
import type { SignInOutcome } from "./sign-in-outcome";
import { signInWithPasskey } from "./sign-in-with-passkey";
import { usePasskeyHindrance } from "./use-passkey-hindrance";

interface PasskeyButtonProps {
  onStart: () => void;
  onOutcome: (outcome: SignInOutcome) => void;
}

/** Signing in without name and password. Not there where the browser cannot do it. */
export function PasskeyButton({ onStart, onOutcome }: PasskeyButtonProps) {
  const t = useTranslations("auth");
  const errorText = useErrorText();
  const client = useTRPCClient();
  const hindrance = usePasskeyHindrance();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  if (hindrance) return null;

  const signIn = async () => {
    setBusy(true);
    setFault(null);
    onStart();
    try {
      const outcome = await signInWithPasskey(() => client.auth.passkeySignInBegin.mutate());
      if (outcome.kind === "cancelled") setFault(t("passkeySignIn.cancelled"));
      else if (outcome.kind === "wrong") setFault(t("passkeySignIn.refused"));
      else onOutcome(outcome);
      if (outcome.kind === "ok") return;
    } catch (error) {
      setFault(errorText(error).text);
    }
    setBusy(false);
  };

  return (
    <div className="grid gap-4">
      <div className="flex items-center gap-3 text-xs text-muted-foreground">
        <span aria-hidden="true" className="h-px flex-1 bg-border" />
        {t("or")}
        <span aria-hidden="true" className="h-px flex-1 bg-border" />
      </div>
      {fault && (
        <Alert role="status">
          <AlertDescription>{fault}</AlertDescription>
        </Alert>
      )}
      <Button variant="outline" disabled={isBusy} className="w-full max-md:h-11" onClick={() => void signIn()}>
        <FingerprintIcon />
        {t(isBusy ? "passkeySignIn.busy" : "passkeySignIn.button")}
      </Button>
    </div>
  );
}
