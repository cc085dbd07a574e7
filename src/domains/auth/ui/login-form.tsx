"use client";

import { CircleAlertIcon, InfoIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { z } from "zod";
import { Alert, AlertDescription } from "@/components/ui/alert";
import type { credentialsSchema } from "../contract";
import { AuthLink } from "./auth-link";
import { CodeStep } from "./code-step";
import { CredentialsStep } from "./credentials-step";
import { PasskeyButton } from "./passkey-button";
import type { SignInOutcome } from "./sign-in-outcome";
import { signInWithPassword } from "./sign-in-with-password";
import { useSignInFault } from "./use-sign-in-fault";

export type Credentials = z.infer<typeof credentialsSchema>;
export type LoginNotice = "signedOut" | "ended" | "changed" | "reset" | "registered";

interface LoginFormProps {
  /** A path of our own, already checked. */
  callbackPath: string;
  canRegister: boolean;
  /** Why one is here, when it was not by choice. */
  notice?: LoginNotice;
}

/**
 * Signs in by name and password, then by a code where the account has an authenticator app, or by a passkey at once. What was
 * typed stays typed until the page is left.
 */
export function LoginForm({ callbackPath, canRegister, notice }: LoginFormProps) {
  const t = useTranslations("auth");
  const [typed, setTyped] = useState<Credentials>({ username: "", password: "" });
  const [step, setStep] = useState<"credentials" | "code">("credentials");
  const [outcome, setOutcome] = useState<SignInOutcome | null>(null);
  const fault = useSignInFault()(outcome);

  const arrive = (result: SignInOutcome) => {
    setOutcome(result);
    // A whole page load, so that nothing of another person's visit is left in memory.
    if (result.kind === "ok") window.location.assign(callbackPath);
  };
  const signIn = async (credentials: Credentials, totp?: string) => {
    setOutcome(null);
    const result = await signInWithPassword({ ...credentials, totp });
    arrive(result);
    return result;
  };

  return (
    <div className="grid gap-4">
      {notice && !outcome && step === "credentials" && (
        <Alert role="status">
          <InfoIcon />
          <AlertDescription>
            {t(notice === "registered" ? "register.signInFailed" : `login.${notice}`)}
          </AlertDescription>
        </Alert>
      )}
      {fault && (
        <Alert variant="destructive">
          <CircleAlertIcon />
          <AlertDescription>{fault}</AlertDescription>
        </Alert>
      )}
      {step === "code" ? (
        <CodeStep
          username={typed.username}
          isDone={outcome?.kind === "ok"}
          onCode={(code) => signIn(typed, code)}
          onBack={() => {
            setOutcome(null);
            setStep("credentials");
          }}
        />
      ) : (
        <>
          <CredentialsStep
            typed={typed}
            isDone={outcome?.kind === "ok"}
            onCredentials={async (credentials) => {
              setTyped(credentials);
              const result = await signIn(credentials);
              if (result.kind === "codeRequired") setStep("code");
              return result;
            }}
          />
          <PasskeyButton onStart={() => setOutcome(null)} onOutcome={arrive} />
          {canRegister && (
            <p className="mt-2 text-center text-muted-foreground">
              {t.rich("login.noAccount", { link: (text) => <AuthLink href="/register">{text}</AuthLink> })}
            </p>
          )}
        </>
      )}
    </div>
  );
}
