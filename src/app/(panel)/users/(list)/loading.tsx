import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { UsersSkeleton } from "@/domains/users/ui/users-skeleton";

export default function UsersLoading() {
  const t = useTranslations("users");
  return (
    <>
      <Skeleton className="mb-6 h-12 w-56" />
      <UsersSkeleton label={t("loading")} />
    </>
  );
}
