"use client";

import { FingerprintIcon, SmartphoneIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { AddPasskey } from "./account/add-passkey";
import { ProofProvider } from "./account/proof-provider";
import { TotpSetUp } from "./account/totp-set-up";
import { AuthCard } from "./auth-card";
import { signOutHere } from "./sign-out-here";
import { usePasskeyHindrance } from "./use-passkey-hindrance";

/** All that a person sees whose role needs a second factor and who has none yet. With one the panel opens. */
export function EnrolPage() {
  const t = useTranslations("auth");
  const hindrance = usePasskeyHindrance();
  // A whole page load: the panel is another layout with texts and data of its own.
  const open = () => window.location.reload();
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center px-4 py-10">
      <ProofProvider>
        <AuthCard title={t("enrol.title")} text={t("enrol.text")}>
          <div className="grid divide-y rounded-md border">
            <Way
              icon={<SmartphoneIcon />}
              title={t("enrol.totp")}
              text={t("enrol.totpText")}
              action={<TotpSetUp onDone={open} className="max-md:h-11" />}
            />
            <Way
              icon={<FingerprintIcon />}
              title={t("enrol.passkey")}
              text={
                hindrance && hindrance !== "unknown" ? t(`passkeys.hindrance.${hindrance}`) : t("enrol.passkeyText")
              }
              action={!hindrance && <AddPasskey onDone={open} className="h-9 px-4 max-md:h-11" />}
            />
          </div>
          <Button variant="ghost" className="max-md:h-11" onClick={() => void signOutHere()}>
            {t("signOut")}
          </Button>
        </AuthCard>
      </ProofProvider>
    </div>
  );
}

interface WayProps {
  icon: ReactNode;
  title: string;
  text: string;
  action: ReactNode;
}

function Way({ icon, title, text, action }: WayProps) {
  return (
    <section className="flex flex-wrap items-center gap-x-3 gap-y-2 p-4">
      <span aria-hidden="true" className="self-start pt-0.5 text-muted-foreground [&_svg]:size-4">
        {icon}
      </span>
      <div className="grid min-w-40 flex-1 gap-0.5">
        <h2 className="font-medium">{title}</h2>
        <p className="text-pretty text-muted-foreground">{text}</p>
      </div>
      {action}
    </section>
  );
}
