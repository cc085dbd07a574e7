import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";
import { GroupsSkeleton } from "@/domains/groups/ui/groups-skeleton";

export default function GroupsLoading() {
  const t = useTranslations("groups");
  return (
    <>
      <Skeleton className="mb-6 h-12 w-56" />
      <GroupsSkeleton label={t("loading")} />
    </>
  );
}
