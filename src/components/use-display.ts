"use client";

import { useMemo } from "react";
import type { Locale, Theme } from "@/domains/auth/contract";
import { localeCookie, themeCookie } from "@/i18n/cookies";
import { setCookie } from "./set-cookie";

/** Look and language as this browser remembers them, also without an account. */
export function useDisplay() {
  return useMemo(
    () => ({
      showTheme(theme: Theme) {
        document.documentElement.className = theme;
        setCookie(themeCookie, theme);
      },
      /** Shows with the next answer of the server: `router.refresh()`. */
      keepLocale(locale: Locale) {
        setCookie(localeCookie, locale);
      },
    }),
    [],
  );
}
