"use client";

import { SearchIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";

interface PropertiesFilterProps {
  search: string;
  onSearch: (search: string) => void;
  isOwnOnly: boolean;
  onOwnOnly: (isOwnOnly: boolean) => void;
}

/** Finds a property by its key or by any word of what is said about it. */
export function PropertiesFilter({ search, onSearch, isOwnOnly, onOwnOnly }: PropertiesFilterProps) {
  const t = useTranslations("files.properties");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div className="relative min-w-48 flex-1">
        <SearchIcon
          aria-hidden="true"
          className="absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
        />
        <Input
          type="search"
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          // Enter looks for something here; it does not save.
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          aria-label={t("search")}
          placeholder={t("search")}
          maxLength={64}
          className="pl-9 max-md:h-11"
        />
      </div>
      <Label className="flex min-h-8 items-center gap-2 font-normal max-md:min-h-11">
        <Checkbox checked={isOwnOnly} onCheckedChange={(value) => onOwnOnly(value === true)} />
        {t("ownOnly")}
      </Label>
    </div>
  );
}
