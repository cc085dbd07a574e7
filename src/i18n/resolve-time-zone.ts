/** The zone that the account chose, or that the browser told in a cookie; UTC until one did, or when it is not a zone. */
export function resolveTimeZone(wanted: string | undefined): string {
  if (!wanted || wanted.length > 64) return "UTC";
  try {
    return new Intl.DateTimeFormat("en", { timeZone: wanted }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
