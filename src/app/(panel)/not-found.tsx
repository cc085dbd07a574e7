import { CompassIcon } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Something of the panel that is not there, or not for this person: the shell around it stays. */
export default function PanelNotFound() {
  const t = useTranslations("common.notFound");
  return (
    <div className="m-auto flex max-w-md flex-col items-center gap-3 py-16 text-center">
      <CompassIcon aria-hidden="true" className="size-8 text-muted-foreground" strokeWidth={1.5} />
      <h1 className="text-lg font-semibold">{t("title")}</h1>
      <p className="text-balance text-muted-foreground">{t("text")}</p>
      <Button asChild variant="outline">
        <Link href="/servers">{t("back")}</Link>
      </Button>
    </div>
  );
}
