"use client";

import { FingerprintIcon, KeyRoundIcon, LockIcon, SmartphoneIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/lib/cn";
import type { User, UserState } from "../contract";
import { userStateMarks } from "./user-state-mark";

/** The state of an account, by icon and word. */
export function UserStateMark({ state }: { state: UserState }) {
  const t = useTranslations("users.states");
  const { icon: Icon, color } = userStateMarks[state];
  return (
    <span className={cn("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", color)}>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {t(state)}
    </span>
  );
}

const factorIcons = { none: KeyRoundIcon, totp: SmartphoneIcon, passkey: FingerprintIcon, both: LockIcon };

/** What guards the account beside its password, by icon and word. */
export function SecondFactorMark({ user }: { user: Pick<User, "hasTotp" | "hasPasskey"> }) {
  const t = useTranslations("users.factors");
  const kind = user.hasTotp ? (user.hasPasskey ? "both" : "totp") : user.hasPasskey ? "passkey" : "none";
  const Icon = factorIcons[kind];
  return (
    <span className={cn("inline-flex items-center gap-1.5", kind === "none" && "text-muted-foreground")}>
      <Icon aria-hidden="true" className="size-4 shrink-0" />
      {t(kind)}
    </span>
  );
}

/** Marks one's own account in a list. */
export function YouMark() {
  const t = useTranslations("users");
  return <Badge variant="muted">{t("you")}</Badge>;
}
