"use client";

import { useTranslations } from "next-intl";
import type { SignInOutcome } from "./sign-in-outcome";

/** What to say about an attempt that did not sign in; null where there is nothing to say. */
export function useSignInFault(): (outcome: SignInOutcome | null) => string | null {
  const t = useTranslations("auth");
  return (outcome) => {
    switch (outcome?.kind) {
      case "limited":
        return t("login.rateLimited", { seconds: outcome.seconds });
      case "wrong":
        return t("login.wrong");
      case "codeWrong":
        return t("code.wrong");
      case "passkeyRequired":
        return t("passkeySignIn.needed");
      case "unavailable":
        return t("login.unavailable");
      default:
        return null;
    }
  };
}
