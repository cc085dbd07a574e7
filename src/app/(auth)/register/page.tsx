import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentMe } from "@/app/current-me";
import { isDatabaseDown } from "@/app/is-database-down";
import { DatabaseDown } from "@/components/database-down";
import { AuthCard } from "@/domains/auth/ui/auth-card";
import { AuthLink } from "@/domains/auth/ui/auth-link";
import { RegisterClosed } from "@/domains/auth/ui/register-closed";
import { RegisterForm } from "@/domains/auth/ui/register-form";
import { bridge } from "@/server/bridge";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.register"))("title") };
}

export default async function RegisterPage() {
  const known = await whoIsThere().catch((error) => {
    if (isDatabaseDown(error)) return null;
    throw error;
  });
  if (!known) return <DatabaseDown />;
  if (known.me) redirect("/servers");
  if (known.isSetupNeeded) redirect("/setup");

  const t = await getTranslations("auth.register");
  const isOpen = bridge().settings.registrationEnabled();
  return (
    <AuthCard title={t("title")} text={isOpen && t("text")}>
      {isOpen ? <RegisterForm /> : <RegisterClosed />}
      <p className="text-center text-muted-foreground">
        {t.rich("haveAccount", { link: (text) => <AuthLink href="/login">{text}</AuthLink> })}
      </p>
    </AuthCard>
  );
}

async function whoIsThere() {
  const me = await currentMe();
  return { me, isSetupNeeded: !me && (await bridge().isSetupNeeded()) };
}
