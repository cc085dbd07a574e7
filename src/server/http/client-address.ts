import type { IncomingMessage } from "node:http";
import ipaddr from "ipaddr.js";

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

export interface ClientIdentity {
  address: string;
  protocol: "http" | "https";
  /** Host as the client sees it, with port. */
  host: string;
}

/** Who called, believing X-Forwarded-* only from the listed proxies, right to left. */
export function createClientIdentifier(options: { trustedProxies: readonly string[]; publicUrl: URL | null }) {
  const ranges = options.trustedProxies.map(parseRange);
  const isTrusted = (address: string) => ranges.some((range) => matches(address, range));

  return (request: IncomingMessage): ClientIdentity => {
    const peer = normalise(request.socket.remoteAddress ?? "");
    const fromProxy = isTrusted(peer);
    const hops = fromProxy
      ? header(request, "x-forwarded-for")
          .split(",")
          .map((hop) => normalise(hop.trim()))
          .filter(Boolean)
      : [];
    let address = peer;
    for (let index = hops.length - 1; index >= 0 && isTrusted(address); index--) address = hops[index] ?? address;
    const forwardedProto = fromProxy ? header(request, "x-forwarded-proto").split(",").at(-1)?.trim() : "";
    const forwardedHost = fromProxy ? header(request, "x-forwarded-host").split(",").at(-1)?.trim() : "";
    const own = options.publicUrl;
    return {
      address,
      protocol: own ? (own.protocol === "https:" ? "https" : "http") : forwardedProto === "https" ? "https" : "http",
      host: own?.host ?? (forwardedHost || header(request, "host")),
    };
  };
}

/** Throws on what is neither an address nor a range: main tells it as a bad TRUSTED_PROXIES. */
export function parseRange(text: string): Range {
  if (text.includes("/")) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function matches(address: string, [range, bits]: Range): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.kind() === range.kind() && parsed.match(range, bits);
}

function normalise(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : "";
}

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? (value.at(-1) ?? "") : (value ?? "");
}
