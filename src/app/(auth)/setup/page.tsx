import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { isDatabaseDown } from "@/app/is-database-down";
import { DatabaseDown } from "@/components/database-down";
import { AuthCard } from "@/domains/auth/ui/auth-card";
import { SetupForm } from "@/domains/auth/ui/setup-form";
import { SetupProblem } from "@/domains/auth/ui/setup-problem";
import { bridge } from "@/server/bridge";

interface SetupPageProps {
  searchParams: Promise<{ secret?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  // The secret is in the address: it must not travel on in a Referer header.
  return { title: (await getTranslations("auth.setup"))("title"), referrer: "no-referrer" };
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const secret = [(await searchParams).secret].flat()[0];
  const t = await getTranslations("auth.setup");
  const isNeeded = await bridge()
    .isSetupNeeded()
    .catch((error) => {
      if (isDatabaseDown(error)) return null;
      throw error;
    });
  if (isNeeded === null) return <DatabaseDown />;
  if (!isNeeded || !secret) {
    return (
      <AuthCard title={t("title")}>
        <SetupProblem kind={isNeeded ? "noLink" : "done"} />
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("title")} text={t("text")}>
      <SetupForm secret={secret} />
    </AuthCard>
  );
}
