import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { currentMe } from "@/app/current-me";
import { bridge } from "@/server/bridge";
import { localeCookie, timeZoneCookie } from "./cookies";
import { formats } from "./formats";
import { resolveLocale } from "./resolve-locale";
import { resolveTimeZone } from "./resolve-time-zone";

/** Language, texts and zone of one request. Without a database the account's choice is unknown: cookie and browser decide. */
export default getRequestConfig(async () => {
  const [jar, head] = [await cookies(), await headers()];
  const me = await currentMe().catch(() => null);
  const locale = resolveLocale({
    account: me?.locale,
    cookie: jar.get(localeCookie)?.value,
    acceptLanguage: head.get("accept-language"),
    fallback: bridge().settings.defaultLocale,
  });
  const { default: messages } = await import(`./messages/${locale}.json`);
  return { locale, messages, formats, timeZone: resolveTimeZone(me?.timeZone ?? jar.get(timeZoneCookie)?.value) };
});
