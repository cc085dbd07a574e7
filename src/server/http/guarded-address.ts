import ipaddr from "ipaddr.js";

const globalUnicast = ipaddr.IPv6.parse("2000::");

/**
 * True for an address of the public internet. Not for loopback, private, link-local (cloud metadata), carrier NAT,
 * multicast, reserved or tunnelled ones, in IPv4, IPv6 or IPv4 written as IPv6.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.range() !== "unicast") return false;
  // ipaddr.js calls the old IPv4-compatible form (::7f00:1) unicast: only 2000::/3 is given out to hosts.
  return address instanceof ipaddr.IPv6 ? address.match(globalUnicast, 3) : true;
}
