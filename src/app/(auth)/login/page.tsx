import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentMe } from "@/app/current-me";
import { isDatabaseDown } from "@/app/is-database-down";
import { DatabaseDown } from "@/components/database-down";
import { AuthCard } from "@/domains/auth/ui/auth-card";
import { LoginForm, type LoginNotice } from "@/domains/auth/ui/login-form";
import { safeCallbackPath } from "@/domains/auth/ui/safe-callback-path";
import { bridge } from "@/server/bridge";

interface LoginPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] } & Partial<Record<LoginNotice, string>>>;
}

const notices: readonly LoginNotice[] = ["changed", "reset", "registered", "signedOut", "ended"];

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.login"))("title") };
}

export default async function LoginPage({ searchParams }: LoginPageProps) {
  const asked = await searchParams;
  const callbackPath = safeCallbackPath([asked.callbackUrl].flat()[0]);
  const known = await whoIsThere().catch((error) => {
    if (isDatabaseDown(error)) return null;
    throw error;
  });
  if (!known) return <DatabaseDown />;
  if (known.me) redirect(callbackPath);
  if (known.isSetupNeeded) redirect("/setup");

  const t = await getTranslations("auth.login");
  return (
    <AuthCard title={t("title")} text={t("text")}>
      <LoginForm
        callbackPath={callbackPath}
        canRegister={bridge().settings.registrationEnabled()}
        notice={notices.find((name) => asked[name])}
      />
    </AuthCard>
  );
}

async function whoIsThere() {
  const me = await currentMe();
  return { me, isSetupNeeded: !me && (await bridge().isSetupNeeded()) };
}
