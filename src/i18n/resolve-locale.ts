import { type Locale, locales } from "@/domains/auth/contract";

export interface LocaleSources {
  /** What the account says. */
  account: string | null | undefined;
  cookie: string | undefined;
  acceptLanguage: string | null;
  fallback: Locale;
}

/** The language of a page: account, else cookie, else the browser's first language that we speak, else the setting. */
export function resolveLocale({ account, cookie, acceptLanguage, fallback }: LocaleSources): Locale {
  return known(account) ?? known(cookie) ?? preferred(acceptLanguage) ?? fallback;
}

function known(value: string | null | undefined): Locale | undefined {
  return locales.find((locale) => locale === value);
}

function preferred(header: string | null): Locale | undefined {
  const wanted = (header ?? "")
    .split(",")
    .slice(0, 20)
    .map((part) => {
      const [tag = "", ...params] = part.trim().split(";");
      const quality = params.map((param) => /^\s*q=([\d.]+)$/.exec(param)?.[1]).find(Boolean);
      return { language: tag.toLowerCase().split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((entry) => entry.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) {
    const locale = known(language);
    if (locale) return locale;
  }
  return undefined;
}
