/** The viewer's zone as the browser told it in a cookie; UTC until it did, or when it is not a zone. */
export function resolveTimeZone(cookie: string | undefined): string {
  if (!cookie || cookie.length > 64) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: cookie }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
