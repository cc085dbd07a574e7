"use client";

import { SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

/** Looks like the search field that it opens. */
export function SearchButton({ onOpen }: { onOpen: () => void }) {
  const t = useTranslations("common");
  return (
    <Button
      variant="outline"
      size="sm"
      aria-keyshortcuts="Control+K Meta+K"
      className="w-8 justify-start px-0 font-normal text-muted-foreground max-lg:justify-center max-lg:border-transparent max-lg:bg-transparent lg:w-56 lg:px-2.5"
      onClick={onOpen}
    >
      <SearchIcon />
      <span className="sr-only lg:not-sr-only">{t("search")}</span>
      <span aria-hidden="true" className="ml-auto hidden rounded-sm border px-1.5 font-mono text-[11px] lg:block">
        Ctrl K
      </span>
    </Button>
  );
}
