/** The cookies of a session. On https they carry `__Host-`, so that no neighbour under the same domain can plant them. */
export interface SessionCookieNames {
  /** The access part: next-auth's JWT. */
  session: string;
  /** The refresh part. */
  refresh: string;
  /** For the page to read: there for as long as the access part has some time left. Says nothing secret. */
  fresh: string;
  csrf: string;
  callbackUrl: string;
}

export function sessionCookieNames(isHttps: boolean): SessionCookieNames {
  const prefix = isHttps ? "__Host-" : "";
  return {
    session: `${prefix}mcsd.session`,
    refresh: `${prefix}mcsd.refresh`,
    fresh: `${prefix}mcsd.fresh`,
    csrf: `${prefix}mcsd.csrf`,
    callbackUrl: `${prefix}mcsd.callback`,
  };
}

/** The value of a cookie in a `Cookie` header or in `document.cookie`; as it was sent, undecoded. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(";") ?? []) {
    const equals = part.indexOf("=");
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
