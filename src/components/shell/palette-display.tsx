"use client";

import { LanguagesIcon, SunMoonIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { CommandGroup, CommandItem } from "@/components/ui/command";
import { locales, themes } from "@/domains/auth/contract";
import { usePreferences } from "@/domains/auth/ui/use-preferences";

/** Theme and language by name. A language answers to its own name, for those who cannot read the present one. */
export function PaletteDisplay({ onRun }: { onRun: (action: () => void) => void }) {
  const t = useTranslations();
  const { setLocale, setTheme } = usePreferences();
  return (
    <>
      <CommandGroup heading={t("common.theme")}>
        {themes.map((theme) => (
          <CommandItem
            key={theme}
            value={`theme ${theme} ${t(`common.themes.${theme}`)}`}
            onSelect={() => onRun(() => setTheme(theme))}
          >
            <SunMoonIcon />
            {t("nav.palette.useTheme", { theme: t(`common.themes.${theme}`) })}
          </CommandItem>
        ))}
      </CommandGroup>
      <CommandGroup heading={t("common.language")}>
        {locales.map((locale) => (
          <CommandItem
            key={locale}
            value={`language ${locale} ${t(`common.languages.${locale}`)}`}
            onSelect={() => onRun(() => setLocale(locale))}
          >
            <LanguagesIcon />
            <span>
              {t.rich("nav.palette.useLanguage", {
                language: () => <span lang={locale}>{t(`common.languages.${locale}`)}</span>,
              })}
            </span>
          </CommandItem>
        ))}
      </CommandGroup>
    </>
  );
}
