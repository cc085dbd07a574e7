import { cookies } from "next/headers";
import { type Theme, themes } from "@/domains/auth/contract";
import { themeCookie } from "@/i18n/cookies";
import { currentMe } from "./current-me";

/** How this request's page looks: the account's choice, else the cookie's, else dark. */
export async function currentTheme(): Promise<Theme> {
  const cookie = (await cookies()).get(themeCookie)?.value;
  const me = await currentMe().catch(() => null);
  return me?.theme ?? themes.find((theme) => theme === cookie) ?? "dark";
}
