import { expect, it } from "vitest";
import { ownAddress } from "./own-address";

const own = "https://mc.example.org";

it.each([
  ["/servers?x=1", `${own}/servers?x=1`],
  [`${own}/account`, `${own}/account`],
  ["https://evil.example/", own],
  ["//evil.example", own],
  ["/\\evil.example", own],
  ["http://mc.example.org/", own],
  ["https://mc.example.org.evil.example/", own],
  ["https://mc.example.org@evil.example/", own],
  ["javascript:alert(1)", own],
  ["data:text/html,x", own],
  ["", `${own}/`],
])("%j leads to %j", (wanted, led) => {
  expect(ownAddress(wanted, own)).toBe(led);
});
