/** The uid a server runs under: its own when mcsd is root (`uidBase` set), else mcsd's (null). */
export function serverUid(uidBase: number | null, record: { uidNumber: number }): number | null {
  return uidBase === null ? null : uidBase + record.uidNumber;
}
