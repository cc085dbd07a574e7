/** Where next-auth may lead after signing in or out: an address of our own, else the first page. */
export function ownAddress(wanted: string, own: string): string {
  if (!URL.canParse(wanted, own)) return own;
  const url = new URL(wanted, own);
  return url.origin === new URL(own).origin ? url.href : own;
}
