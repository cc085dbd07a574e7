import { expect, it } from "vitest";
import { passwordStrength, passwordStrengths } from "./password-strength";

it.each([
  ["", "short"],
  ["Tr0ub4!", "short"],
  ["aaaaaaaaaaaaaaaa", "weak"],
  ["12345678", "weak"],
  ["abcdefghijklmnop", "weak"],
  ["password", "weak"],
  ["correct horse battery staple", "strong"],
  ["k9$Vq2!mZx7pLw", "strong"],
] as const)("calls %j %s", (password, strength) => {
  expect(passwordStrength(password)).toBe(strength);
});

it("never gets weaker by more characters at the end", () => {
  const grown = [..."mountain River 42 lamp"].map((_, index, all) =>
    passwordStrength(all.slice(0, index + 1).join("")),
  );
  const ranks = grown.map((strength) => passwordStrengths.indexOf(strength));
  expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
});
