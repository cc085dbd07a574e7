/** The `code` of a Node or driver error (`ENOENT`, `EACCES`, …), or null. */
export function errorCode(thrown: unknown): string | null {
  if (typeof thrown !== "object" || thrown === null) return null;
  const { code } = thrown as { code?: unknown };
  return typeof code === "string" ? code : null;
}
