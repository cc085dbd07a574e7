import { expect, it } from "vitest";
import { isPublicAddress } from "./guarded-address";

it.each(["8.8.8.8", "1.1.1.1", "104.16.0.1", "2606:4700:4700::1111", "::ffff:8.8.8.8"])("lets %s pass", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  "127.0.0.1",
  "127.255.255.254",
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::7f00:1",
  "::ffff:127.0.0.1",
  "::ffff:a9fe:a9fe",
  "::ffff:0:127.0.0.1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "2001:0:1::",
  "fe80::1",
  "fec0::1",
  "fd00:ec2::254",
  "ff02::1",
  "2001:db8::1",
  "4000::1",
  "",
  "example.org",
])("refuses %s", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
