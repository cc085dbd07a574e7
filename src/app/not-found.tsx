import { CompassIcon } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { StatusPage } from "@/components/status-page";
import { Button } from "@/components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("common.notFound"))("title") };
}

export default function NotFound() {
  const t = useTranslations("common.notFound");
  return (
    <StatusPage icon={<CompassIcon />} title={t("title")} text={t("text")}>
      <Button asChild>
        <Link href="/servers">{t("back")}</Link>
      </Button>
    </StatusPage>
  );
}
