"use client";

import { useLocale, useTranslations } from "next-intl";
import { PageHeader } from "@/components/page-header";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { useShownTheme } from "@/components/use-shown-theme";
import { type Locale, locales, type Theme, themes } from "../contract";
import { useMe } from "./use-me";
import { usePreferences } from "./use-preferences";

/** Who one is here, and how the pages look for oneself. */
export function AccountView() {
  const t = useTranslations();
  const me = useMe();
  const locale = useLocale();
  const theme = useShownTheme() ?? me.theme ?? "dark";
  const { setLocale, setTheme } = usePreferences();
  return (
    <div className="max-w-2xl">
      <PageHeader title={t("auth.account.title")} description={t("auth.account.text")} />
      <div className="grid gap-4">
        <Card>
          <CardHeader>
            <CardTitle>{t("auth.account.profile")}</CardTitle>
          </CardHeader>
          <CardContent>
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
              <dt className="text-muted-foreground">{t("auth.username")}</dt>
              <dd className="font-medium">{me.username}</dd>
              <dt className="text-muted-foreground">{t("auth.account.role")}</dt>
              <dd>{t(`nav.roles.${me.role}`)}</dd>
            </dl>
            <details className="mt-4 border-t pt-3">
              <summary className="w-fit cursor-pointer text-muted-foreground hover:text-foreground">
                {t("auth.account.permissionsText", { count: me.permissions.length })}
              </summary>
              <ul className="mt-3 flex flex-wrap gap-1.5">
                {me.permissions.map((name) => (
                  <li key={name}>
                    <Badge variant="muted" className="font-mono font-normal">
                      {name}
                    </Badge>
                  </li>
                ))}
              </ul>
            </details>
          </CardContent>
        </Card>
        <Card>
          <CardHeader>
            <CardTitle>{t("auth.account.appearance")}</CardTitle>
            <CardDescription>{t("auth.account.appearanceText")}</CardDescription>
          </CardHeader>
          <CardContent className="grid gap-4 sm:grid-cols-2">
            <div className="grid gap-2">
              <Label htmlFor="account-language">{t("common.language")}</Label>
              <Select value={locale} onValueChange={(value) => setLocale(value as Locale)}>
                <SelectTrigger id="account-language" className="w-full">
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
                <SelectTrigger id="account-theme" className="w-full">
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
          </CardContent>
        </Card>
      </div>
    </div>
  );
}
