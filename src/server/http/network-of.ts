import ipaddr from "ipaddr.js";

/**
 * What limits count an address by. Whoever has IPv6 has a /64 at least, with 2^64 addresses to choose from: all of them count
 * as one.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return "unknown";
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  const bytes = parsed.toByteArray().fill(0, 8);
  return `${ipaddr.fromByteArray(bytes).toString()}/64`;
}
