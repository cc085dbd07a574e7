import { useTranslations } from "next-intl";
import { Skeleton } from "@/components/ui/skeleton";

/** The general shape of a page: a heading, then rows. Pages with another shape bring their own. */
export default function PanelLoading() {
  const t = useTranslations("common");
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-4">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="h-4 w-72 max-w-full" />
      <Skeleton className="mt-4 h-64 w-full" />
    </div>
  );
}
