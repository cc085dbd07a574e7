"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/page-header";
import { AccountTabs } from "./account-tabs";
import { ProofProvider } from "./proof-provider";

/** What is around every page of one's own account: title, parts, and the question for the password where it is needed. */
export function AccountFrame({ children }: { children: ReactNode }) {
  const t = useTranslations("auth.account");
  return (
    <div className="max-w-3xl">
      <PageHeader title={t("title")} description={t("text")} />
      <AccountTabs />
      <ProofProvider>
        <div className="grid gap-4">{children}</div>
      </ProofProvider>
    </div>
  );
}
