"use client";

import { useLocale, useTranslations } from "next-intl";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useShownTheme } from "@/components/use-shown-theme";
import { type Locale, locales, type Theme, themes } from "../../contract";
import { useMe } from "../use-me";
import { usePreferences } from "../use-preferences";
import { TimeZonePicker } from "./time-zone-picker";

/** Language, theme and time zone, as the account keeps them. */
export function AppearanceCard() {
  const t = useTranslations();
  const me = useMe();
  const locale = useLocale();
  const theme = useShownTheme() ?? me.theme ?? "dark";
  const { setLocale, setTheme, setTimeZone } = usePreferences();
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("auth.account.appearance")}</CardTitle>
        <CardDescription>{t("auth.account.appearanceText")}</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4 sm:grid-cols-2">
        <div className="grid gap-2">
          <Label htmlFor="account-language">{t("common.language")}</Label>
          <Select value={locale} onValueChange={(value) => setLocale(value as Locale)}>
            <SelectTrigger id="account-language" className="w-full max-md:h-11">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {locales.map((value) => (
                <SelectItem key={value} value={value} lang={value}>
                  {t(`common.languages.${value}`)}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
        <div className="grid gap-2">
          <Label htmlFor="account-theme">{t("common.theme")}</Label>
          <Select value={theme} onValueChange={(value) => setTheme(value as Theme)}>
            <SelectTrigger id="account-theme" className="w-full max-md:h-11">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              {themes.map((value) => (
                <SelectItem key={value} value={value}>
                  {t(`common.themes.${value}`)}
                </SelectItem>
              ))}
            </SelectContent>
          </Select>
        </div>
        <TimeZonePicker value={me.timeZone} onChange={setTimeZone} />
      </CardContent>
    </Card>
  );
}
