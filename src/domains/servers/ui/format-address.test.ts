import { expect, it } from "vitest";
import { formatAddress } from "./format-address";

it("leaves out the game's own port and shows any other", () => {
  expect(formatAddress("play.example.org", 25565)).toBe("play.example.org");
  expect(formatAddress("play.example.org", 25570)).toBe("play.example.org:25570");
});

it("puts an IPv6 address in brackets only where a port follows", () => {
  expect(formatAddress("[2001:db8::1]", 25570)).toBe("[2001:db8::1]:25570");
  expect(formatAddress("2001:db8::1", 25565)).toBe("2001:db8::1");
});
