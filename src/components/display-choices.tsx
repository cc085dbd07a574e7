"use client";

import { LanguagesIcon, SunMoonIcon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { type Locale, locales, type Theme, themes } from "@/domains/auth/contract";
import { useDisplay } from "./use-display";
import { useShownTheme } from "./use-shown-theme";

/** Language and theme before sign-in, kept in cookies. */
export function DisplayChoices() {
  const t = useTranslations("common");
  const locale = useLocale();
  const theme = useShownTheme();
  const router = useRouter();
  const { keepLocale, showTheme } = useDisplay();
  const showLocale = (value: Locale) => {
    keepLocale(value);
    router.refresh();
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="sm" className="text-muted-foreground">
            <LanguagesIcon />
            <span className="sr-only">{t("language")}: </span>
            {t(`languages.${locale}`)}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="center">
          <DropdownMenuRadioGroup value={locale} onValueChange={(value) => showLocale(value as Locale)}>
            {locales.map((value) => (
              <DropdownMenuRadioItem key={value} value={value} lang={value}>
                {t(`languages.${value}`)}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </DropdownMenuContent>
      </DropdownMenu>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="sm" className="text-muted-foreground">
            <SunMoonIcon />
            {t("theme")}
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="center">
          <DropdownMenuRadioGroup value={theme ?? ""} onValueChange={(value) => showTheme(value as Theme)}>
            {themes.map((value) => (
              <DropdownMenuRadioItem key={value} value={value}>
                {t(`themes.${value}`)}
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
