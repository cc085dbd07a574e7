import { BlockList, isIPv4 } from "node:net";

/** Rarely used ranges, the usual first; each is cut into networks of 254 addresses. */
const candidates = ["10.213.0.0", "10.87.0.0", "172.29.0.0", "192.168.0.0"].map((address) => ({ address, bits: 16 }));

export interface EngineNetworks {
  /** The engine's own bridge, as `--bip` takes it. */
  bridge: string;
  /** Where its further networks come from, as `--default-address-pool` takes it. */
  pool: string;
}

/**
 * Chooses addresses for the engine's networks that nothing of this machine uses.
 *
 * @param routes text of /proc/net/route: little-endian hexadecimal, one route a line (proc(5) does not say; the kernel's
 * net/ipv4/fib_trie.c does)
 */
export function chooseNetworks(routes: string): EngineNetworks {
  const taken = parseRoutes(routes);
  const free = candidates.find((candidate) => !taken.some((route) => overlap(candidate, route))) ?? candidates[0];
  const [first, second] = (free?.address ?? "10.213.0.0").split(".");
  return { bridge: `${first}.${second}.0.1/24`, pool: `base=${first}.${second}.0.0/16,size=24` };
}

interface Range {
  address: string;
  bits: number;
}

function parseRoutes(text: string): Range[] {
  const ranges: Range[] = [];
  for (const line of text.split("\n").slice(1)) {
    const [name = "", destination = "", , , , , , mask = ""] = line.split("\t");
    // The engine's own networks of before, and the way to everywhere.
    if (destination === "" || mask === "00000000" || isEngineBridge(name)) continue;
    ranges.push({ address: toAddress(destination), bits: countBits(mask) });
  }
  return ranges;
}

export function isEngineBridge(name: string): boolean {
  return name === "docker0" || /^br-[0-9a-f]{12}$/.test(name);
}

function overlap(one: Range, other: Range): boolean {
  return covers(one, other) || covers(other, one);
}

function covers({ address, bits }: Range, inner: Range): boolean {
  if (!isIPv4(address) || inner.bits < bits) return false;
  const list = new BlockList();
  list.addSubnet(address, bits);
  return list.check(inner.address);
}

function toAddress(hex: string): string {
  const bytes = hex.match(/../g) ?? [];
  return bytes
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join(".");
}

function countBits(hex: string): number {
  return Number.parseInt(hex, 16).toString(2).replaceAll("0", "").length;
}
