/** Address of the sign-in page that leads back to `path` afterwards. */
export function loginPath(path: string): string {
  return path === "/" || path === "/servers" ? "/login" : `/login?callbackUrl=${encodeURIComponent(path)}`;
}
