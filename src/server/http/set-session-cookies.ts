import { sessionCookieNames } from "@/domains/auth/session-cookies";

interface Life {
  isHttps: boolean;
  /** Life of the access part, in seconds. */
  accessSeconds: number;
  /** Life of the refresh part, in seconds. */
  refreshSeconds: number;
}

/** So long before its end the access part counts as used up. */
const marginSeconds = 60;

/** `Set-Cookie` lines of a session that was opened or renewed. The access part is left out where next-auth sets it. */
export function sessionCookies(
  { access, refresh, generation }: { access?: string; refresh: string; generation: number },
  { isHttps, accessSeconds, refreshSeconds }: Life,
): string[] {
  const names = sessionCookieNames(isHttps);
  const common = `Path=/${isHttps ? "; Secure" : ""}`;
  const freshSeconds = accessSeconds - Math.min(marginSeconds, Math.ceil(accessSeconds / 3));
  const lines = [
    `${names.refresh}=${refresh}; Max-Age=${refreshSeconds}; ${common}; HttpOnly; SameSite=Strict`,
    `${names.fresh}=${generation}; Max-Age=${freshSeconds}; ${common}; SameSite=Strict`,
  ];
  if (access) lines.push(`${names.session}=${access}; Max-Age=${refreshSeconds}; ${common}; HttpOnly; SameSite=Lax`);
  return lines;
}

/** `Set-Cookie` lines that take away what `sessionCookies` has set beside the access part. */
export function endedCookies(isHttps: boolean): string[] {
  const names = sessionCookieNames(isHttps);
  const end = `Max-Age=0; Path=/${isHttps ? "; Secure" : ""}; SameSite=Strict`;
  return [`${names.refresh}=; ${end}; HttpOnly`, `${names.fresh}=; ${end}`];
}
