"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useTRPCClient } from "@/trpc/client";
import { isCancelled, isKnownAuthenticator } from "../passkey-support";
import { NameDialog } from "./name-dialog";
import { useProof } from "./proof-provider";
import { useDeviceName } from "./use-device-name";

/** A name, then the browser's own dialog, which makes the passkey. */
export function AddPasskey({ onDone, className }: { onDone: () => void; className?: string }) {
  const t = useTranslations("auth.passkeys");
  const client = useTRPCClient();
  const prove = useProof();
  const deviceName = useDeviceName();
  const [isOpen, setOpen] = useState(false);

  const add = async (name: string): Promise<string | null> => {
    const { challengeId, options } = await prove((password) => client.auth.passkeyBegin.mutate({ password }));
    const { startRegistration } = await import("@simplewebauthn/browser");
    try {
      const response = await startRegistration({ optionsJSON: options });
      await client.auth.passkeyFinish.mutate({ challengeId, name, response: { ...response } });
    } catch (error) {
      if (isKnownAuthenticator(error)) return t("exists");
      if (isCancelled(error)) return t("cancelled");
      throw error;
    }
    toast.success(t("added", { name }));
    setOpen(false);
    onDone();
    return null;
  };

  return (
    <>
      <Button variant="outline" size="sm" className={className ?? "max-md:h-11"} onClick={() => setOpen(true)}>
        {t("add")}
      </Button>
      {isOpen && (
        <NameDialog
          title={t("addTitle")}
          text={t("addText")}
          name={deviceName(window.navigator.userAgent)}
          action={t("create")}
          busyAction={t("creating")}
          onName={add}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
