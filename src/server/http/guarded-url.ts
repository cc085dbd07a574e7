import { AppError } from "@/server/errors";

export type IsTrusted = (target: { protocol: string; hostname: string; port: string }) => boolean;

/** True for the very host and port of a base that the operator set. Plain http only where the base is plain http itself. */
export function isTrustedBy(bases: readonly URL[]): IsTrusted {
  return ({ protocol, hostname, port }) =>
    bases.some(
      (base) =>
        unbracket(base.hostname) === unbracket(hostname) &&
        base.port === port &&
        (protocol === "https:" || base.protocol === "http:"),
    );
}

export interface UrlRules {
  isTrusted: IsTrusted;
  allowedHosts?: readonly string[];
}

/** Reads a URL (relative to `from` for a redirect) and refuses what must not be asked at all. Throws DOWNLOAD_REFUSED. */
export function checkOutboundUrl(target: string | URL, from: URL | undefined, rules: UrlRules): URL {
  if (!URL.canParse(String(target), from)) throw refused("That is not an address.", "url", from?.host);
  const url = new URL(target, from);
  const isTrusted = rules.isTrusted(url);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isTrusted)) {
    throw refused(`Only https is fetched, not ${url.protocol.slice(0, -1)}.`, "scheme", url.host);
  }
  if (url.username || url.password)
    throw refused("An address with a user name in it is not fetched.", "credentials", url.host);
  if (!isTrusted && rules.allowedHosts && !rules.allowedHosts.includes(url.host)) {
    throw refused(`${url.host} is not a host that this is fetched from.`, "host", url.host);
  }
  return url;
}

function refused(message: string, reason: string, host: string | undefined): AppError {
  return new AppError("DOWNLOAD_REFUSED", message, { reason, host });
}

/** undici hands over `::1` where a URL says `[::1]`. */
function unbracket(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}
