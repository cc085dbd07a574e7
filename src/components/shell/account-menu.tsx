"use client";

import { CircleUserIcon, LanguagesIcon, LogOutIcon, SunMoonIcon, UserIcon } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuSub,
  DropdownMenuSubContent,
  DropdownMenuSubTrigger,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useShownTheme } from "@/components/use-shown-theme";
import { type Locale, locales, type Theme, themes } from "@/domains/auth/contract";
import { signOutHere } from "@/domains/auth/ui/sign-out-here";
import { useMe } from "@/domains/auth/ui/use-me";
import { usePreferences } from "@/domains/auth/ui/use-preferences";

export function AccountMenu() {
  const t = useTranslations();
  const { username, role } = useMe();
  const locale = useLocale();
  const theme = useShownTheme();
  const { setLocale, setTheme } = usePreferences();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label={t("nav.accountMenu", { username })}>
          <CircleUserIcon className="size-5" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-56">
        <div className="grid px-2 py-1.5">
          <span className="truncate font-medium">{username}</span>
          <span className="text-xs text-muted-foreground">{t(`nav.roles.${role}`)}</span>
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/account">
            <UserIcon />
            {t("nav.account")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSub>
          <DropdownMenuSubTrigger>
            <LanguagesIcon />
            {t("common.language")}
          </DropdownMenuSubTrigger>
          <DropdownMenuSubContent>
            <DropdownMenuRadioGroup value={locale} onValueChange={(value) => setLocale(value as Locale)}>
              {locales.map((value) => (
                <DropdownMenuRadioItem key={value} value={value} lang={value}>
                  {t(`common.languages.${value}`)}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          </DropdownMenuSubContent>
        </DropdownMenuSub>
        <DropdownMenuSub>
          <DropdownMenuSubTrigger>
            <SunMoonIcon />
            {t("common.theme")}
          </DropdownMenuSubTrigger>
          <DropdownMenuSubContent>
            <DropdownMenuRadioGroup value={theme ?? ""} onValueChange={(value) => setTheme(value as Theme)}>
              {themes.map((value) => (
                <DropdownMenuRadioItem key={value} value={value}>
                  {t(`common.themes.${value}`)}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
          </DropdownMenuSubContent>
        </DropdownMenuSub>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void signOutHere()}>
          <LogOutIcon />
          {t("nav.signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
