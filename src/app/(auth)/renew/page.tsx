import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { currentMe } from "@/app/current-me";
import { RenewSession } from "@/domains/auth/ui/renew-session";
import { safeCallbackPath } from "@/domains/auth/ui/safe-callback-path";

interface RenewPageProps {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("auth.renew"))("title") };
}

/** Between a page load whose access part had ended and the page. Only a page of our own can send the refresh part. */
export default async function RenewPage({ searchParams }: RenewPageProps) {
  const callbackPath = safeCallbackPath([(await searchParams).callbackUrl].flat()[0]);
  // Without a database nobody is known: then the page says so, and tries again.
  const me = await currentMe().catch(() => null);
  if (me) redirect(callbackPath);
  return <RenewSession callbackPath={callbackPath} />;
}
