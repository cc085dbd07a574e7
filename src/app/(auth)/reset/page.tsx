import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/domains/auth/ui/auth-card";
import { ResetForm } from "@/domains/auth/ui/reset-form";
import { ResetProblem } from "@/domains/auth/ui/reset-problem";

interface ResetPageProps {
  searchParams: Promise<{ secret?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  // The secret is in the address: it must not travel on in a Referer header.
  return { title: (await getTranslations("auth.reset"))("title"), referrer: "no-referrer" };
}

export default async function ResetPage({ searchParams }: ResetPageProps) {
  const secret = [(await searchParams).secret].flat()[0];
  const t = await getTranslations("auth.reset");
  return (
    <AuthCard title={t("title")} text={secret && t("text")}>
      {secret ? <ResetForm secret={secret} /> : <ResetProblem />}
    </AuthCard>
  );
}
