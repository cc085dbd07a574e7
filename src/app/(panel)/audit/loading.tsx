import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { AuditSkeleton } from "@/domains/audit/ui/audit-skeleton";

export default function AuditLoading() {
  const t = useTranslations("audit");
  return (
    <>
      <Skeleton className="mb-6 h-12 w-56" />
      <AuditSkeleton label={t("loading")} />
    </>
  );
}
