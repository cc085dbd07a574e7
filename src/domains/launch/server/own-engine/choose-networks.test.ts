import { expect, it } from "vitest";
import { chooseNetworks } from "./choose-networks";

const head = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
const line = (name: string, destination: string, mask: string) =>
  `${name}\t${destination}\t00000000\t0001\t0\t0\t0\t${mask}\t0\t0\t0`;
const routes = (...lines: string[]) => [head, ...lines, ""].join("\n");

it("takes the usual range beside a container's network and the way out", () => {
  const text = routes(line("eth0", "00000000", "00000000"), line("eth0", "000011AC", "0000FFFF"));
  expect(chooseNetworks(text)).toEqual({ bridge: "10.213.0.1/24", pool: "base=10.213.0.0/16,size=24" });
});

it.each([
  ["a network in it", line("eth0", "0005D50A", "00FFFFFF")],
  ["a network around it", line("tun0", "0000000A", "000000FF"), "172.29.0.1/24"],
])("takes another beside %s", (_name, route, bridge = "10.87.0.1/24") => {
  expect(chooseNetworks(routes(route)).bridge).toBe(bridge);
});

it("keeps its range when its own networks of before are there", () => {
  const own = [line("docker0", "0000D50A", "00FFFFFF"), line("br-0123456789ab", "0001D50A", "00FFFFFF")];
  expect(chooseNetworks(routes(...own)).bridge).toBe("10.213.0.1/24");
});
